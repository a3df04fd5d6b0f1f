package io.cta.broker.rabbitmq;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** As many connections for consuming as the subscriptions need. Broker's context only. */
final class ConsumerConnectionPool {
  private final IntFunction<ConsumerConnection> factory;
  private final List<ConsumerConnection> connections = new ArrayList<>();
  private boolean started;

  /**
   * @param factory makes the connection with that number
   */
  ConsumerConnectionPool(IntFunction<ConsumerConnection> factory) {
    this.factory = factory;
    connections.add(factory.apply(1));
  }

  void begin() {
    started = true;
    connections.forEach(ConsumerConnection::begin);
  }

  ConsumerConnection withRoom() {
    for (ConsumerConnection connection : connections) {
      if (!connection.full()) {
        return connection;
      }
    }
    ConsumerConnection more = factory.apply(connections.size() + 1);
    connections.add(more);
    if (started) {
      more.begin();
    }
    return more;
  }

  List<RabbitSubscription> subscriptions() {
    return connections.stream().flatMap(connection -> connection.subscriptions().stream()).toList();
  }

  Future<Void> close() {
    List<Future<Void>> closing = new ArrayList<>();
    connections.forEach(connection -> closing.add(connection.reconnectingConnection().close()));
    return Future.join(closing).mapEmpty();
  }
}
