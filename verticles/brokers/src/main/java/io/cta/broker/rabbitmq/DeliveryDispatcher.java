package io.cta.broker.rabbitmq;

import io.cta.broker.DeliveryHandler;
import io.cta.broker.rabbitmq.consume.ConsumerChannel;
import io.cta.broker.rabbitmq.consume.DeadLetterHeaders;
import io.cta.broker.rabbitmq.consume.RabbitDelivery;
import io.cta.message.QueueNames;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * Hands deliveries to a subscriber's handler, on the context that subscribed. Call it on that
 * context unless a method says otherwise.
 */
final class DeliveryDispatcher {
  private final RabbitBroker broker;
  private final String queue;
  private final Context context;
  private final DeliveryHandler handler;
  private final SettlementHandler settlementHandler;
  private boolean accepting = true;

  DeliveryDispatcher(RabbitBroker broker, String queue, Context context, DeliveryHandler handler) {
    this.broker = broker;
    this.queue = queue;
    this.context = context;
    this.handler = handler;
    this.settlementHandler = new SettlementHandler(broker, queue);
  }

  /** While false, arriving deliveries are put back. */
  void accepting(boolean now) {
    accepting = now;
  }

  /** Called on the broker's context. */
  void deliver(ConsumerChannel from, RabbitDelivery message) {
    context.runOnContext(v -> handle(from, message));
  }

  private void handle(ConsumerChannel from, RabbitDelivery message) {
    if (!accepting) {
      broker.context().run(() -> from.putBack(message.tag()));
      return;
    }
    Future<Void> outcome;
    try {
      outcome = handler.handle(body(message));
    } catch (RuntimeException e) {
      outcome = Future.failedFuture(e);
    }
    outcome.onComplete(
        done -> broker.context().run(() -> settlementHandler.settle(from, message, done.cause())));
  }

  private Buffer body(RabbitDelivery message) {
    return QueueNames.DEAD_LETTER.equals(queue)
        ? DeadLetterHeaders.encode(message.headers(), message.key(), message.body())
        : Buffer.buffer(message.body());
  }
}
