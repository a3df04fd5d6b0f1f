package io.cta.broker.rabbitmq;

import com.rabbitmq.client.Connection;
import io.cta.message.Queues;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;

/**
 * A channel each for events, for the queues of machines and for those of executions. The server
 * answers a channel in order, and takes up to a minute for a queue that has lost its leader: that
 * is to hold up its own kind alone. Home only.
 */
final class PublishChannels {
  private final Publisher events;
  private final Publisher machines;
  private final Publisher executions;

  PublishChannels(Supplier<Publisher> maker) {
    events = maker.get();
    machines = maker.get();
    executions = maker.get();
  }

  Future<Void> publish(Publish publish) {
    return of(publish).publish(publish);
  }

  void up(Connection connection) {
    all().forEach(one -> one.up(connection));
  }

  void lost() {
    all().forEach(Publisher::lost);
  }

  void blocked(boolean now) {
    all().forEach(one -> one.blocked(now));
  }

  /** See {@link Publisher#probe()}; one of them hears it for all. */
  void probe() {
    events.probe();
  }

  int size() {
    return all().stream().mapToInt(Publisher::size).sum();
  }

  /** Of the one that the server has left without an answer for the longest time. */
  long silentNanos() {
    return all().stream().mapToLong(Publisher::silentNanos).max().orElse(0);
  }

  void close() {
    all().forEach(Publisher::close);
  }

  /** What goes through an exchange is no queue's own, and none of them has lost its leader. */
  private Publisher of(Publish publish) {
    if (!publish.exchange.isEmpty()) {
      return events;
    }
    if (Queues.executionOf(publish.key) != null) {
      return executions;
    }
    return Queues.isMachine(publish.key) ? machines : events;
  }

  private List<Publisher> all() {
    return List.of(events, machines, executions);
  }
}
