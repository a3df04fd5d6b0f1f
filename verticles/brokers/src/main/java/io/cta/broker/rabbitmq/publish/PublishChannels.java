package io.cta.broker.rabbitmq.publish;

import com.rabbitmq.client.Connection;
import io.cta.message.QueueNames;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/**
 * A channel each for events, for the queues of machines and for those of executions. The server
 * answers a channel in order, and takes up to a minute for a queue that has lost its leader: that
 * is to hold up its own kind alone. Home only.
 */
public final class PublishChannels {
  private final RabbitPublisher events;
  private final RabbitPublisher machines;
  private final RabbitPublisher executions;

  public PublishChannels(Supplier<RabbitPublisher> maker) {
    events = maker.get();
    machines = maker.get();
    executions = maker.get();
  }

  public Future<Void> publish(PendingPublish publish) {
    return of(publish).publish(publish);
  }

  void up(Connection connection) {
    all().forEach(one -> one.up(connection));
  }

  void lost() {
    all().forEach(RabbitPublisher::lost);
  }

  void blocked(boolean now) {
    all().forEach(one -> one.blocked(now));
  }

  /** See {@link RabbitPublisher#probe()}; one of them hears it for all. */
  public void probe() {
    events.probe();
  }

  public int size() {
    return all().stream().mapToInt(RabbitPublisher::size).sum();
  }

  /** Of the one that the server has left without an answer for the longest time. */
  public long silentNanos() {
    return all().stream().mapToLong(RabbitPublisher::silentNanos).max().orElse(0);
  }

  public void close() {
    all().forEach(RabbitPublisher::close);
  }

  /** What goes through an exchange is no queue's own, and none of them has lost its leader. */
  private RabbitPublisher of(PendingPublish publish) {
    if (!publish.exchange.isEmpty()) {
      return events;
    }
    if (QueueNames.executionOf(publish.key) != null) {
      return executions;
    }
    return QueueNames.isMachine(publish.key) ? machines : events;
  }

  private List<RabbitPublisher> all() {
    return List.of(events, machines, executions);
  }
}
