package io.cta.broker.rabbitmq.publish;

import com.rabbitmq.client.Connection;
import io.cta.message.QueueNames;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/**
 * Three channels for publishing: for events, for queues of machines and for queues of executions.
 * The server answers a channel in order, and takes up to a minute for a queue that has lost its
 * leader; that holds up only the channel of its kind. Broker's context only.
 */
public final class PublishChannels {
  private final RabbitPublisher events;
  private final RabbitPublisher machines;
  private final RabbitPublisher executions;

  public PublishChannels(Supplier<RabbitPublisher> factory) {
    events = factory.get();
    machines = factory.get();
    executions = factory.get();
  }

  public Future<Void> publish(PendingPublish publish) {
    return channelFor(publish).publish(publish);
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

  /** See {@link RabbitPublisher#probe()}; one channel probes for all. */
  public void probe() {
    events.probe();
  }

  public int size() {
    return all().stream().mapToInt(RabbitPublisher::size).sum();
  }

  /** The longest time that the server has left one of the channels without an answer. */
  public long silentNanos() {
    return all().stream().mapToLong(RabbitPublisher::silentNanos).max().orElse(0);
  }

  public void close() {
    all().forEach(RabbitPublisher::close);
  }

  /**
   * What goes through an exchange uses the channel for events: it goes to no machine's or
   * execution's queue directly.
   */
  private RabbitPublisher channelFor(PendingPublish publish) {
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
