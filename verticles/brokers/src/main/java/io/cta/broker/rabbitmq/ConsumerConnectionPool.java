package io.cta.broker.rabbitmq;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** As many connections to consume as the subscriptions need. Home only. */
final class ConsumerConnectionPool {
  private final IntFunction<ConsumerConnection> making;
  private final List<ConsumerConnection> lanes = new ArrayList<>();
  private boolean begun;

  /**
   * @param making of the lane with that number
   */
  ConsumerConnectionPool(IntFunction<ConsumerConnection> making) {
    this.making = making;
    lanes.add(making.apply(1));
  }

  void begin() {
    begun = true;
    lanes.forEach(ConsumerConnection::begin);
  }

  ConsumerConnection withRoom() {
    for (ConsumerConnection consumerConnection : lanes) {
      if (!consumerConnection.full()) {
        return consumerConnection;
      }
    }
    ConsumerConnection more = making.apply(lanes.size() + 1);
    lanes.add(more);
    if (begun) {
      more.begin();
    }
    return more;
  }

  List<RabbitSubscription> subscriptions() {
    return lanes.stream()
        .flatMap(consumerConnection -> consumerConnection.subscriptions().stream())
        .toList();
  }

  Future<Void> close() {
    List<Future<Void>> closing = new ArrayList<>();
    lanes.forEach(consumerConnection -> closing.add(consumerConnection.connector().close()));
    return Future.join(closing).mapEmpty();
  }
}
