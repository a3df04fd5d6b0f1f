package io.cta.broker.rabbitmq;

import io.cta.broker.DeliveryHandler;
import io.cta.message.Queues;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Hands deliveries to whoever subscribed, on the context that did, which is the one to call it. */
final class Subscriber {
  private final RabbitBroker broker;
  private final String queue;
  private final Context context;
  private final DeliveryHandler handler;
  private final Settling settling;
  private boolean takes = true;

  Subscriber(RabbitBroker broker, String queue, Context context, DeliveryHandler handler) {
    this.broker = broker;
    this.queue = queue;
    this.context = context;
    this.handler = handler;
    this.settling = new Settling(broker, queue);
  }

  /** What arrives while it does not take goes back. */
  void takes(boolean now) {
    takes = now;
  }

  /** Called at home. */
  void deliver(Feed from, Delivered message) {
    context.runOnContext(v -> handle(from, message));
  }

  private void handle(Feed from, Delivered message) {
    if (!takes) {
      broker.atHome(() -> from.back(message.tag()));
      return;
    }
    Future<Void> outcome;
    try {
      outcome = handler.handle(body(message));
    } catch (RuntimeException e) {
      outcome = Future.failedFuture(e);
    }
    outcome.onComplete(done -> broker.atHome(() -> settling.settle(from, message, done.cause())));
  }

  private Buffer body(Delivered message) {
    return Queues.DEAD_LETTER.equals(queue)
        ? Letters.encode(message.headers(), message.key(), message.body())
        : Buffer.buffer(message.body());
  }
}
