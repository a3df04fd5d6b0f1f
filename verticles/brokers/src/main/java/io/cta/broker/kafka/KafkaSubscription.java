package io.cta.broker.kafka;

import io.cta.broker.DeliveryHandler;
import io.cta.broker.Subscription;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;

/**
 * The subscriber's side of a subscription. Everything but {@code arrive} happens on the context
 * that subscribed.
 */
final class KafkaSubscription implements Subscription {
  private final KafkaBroker broker;
  private final Context context;
  private final LocalQueue queue;
  private final DeliveryHandler handler;
  private final Outlet outlet;
  private boolean paused;
  private boolean cancelled;

  KafkaSubscription(
      KafkaBroker broker,
      Context context,
      LocalQueue queue,
      int prefetch,
      DeliveryHandler handler) {
    this.broker = broker;
    this.context = context;
    this.queue = queue;
    this.handler = handler;
    this.outlet = new Outlet(queue, prefetch, this::arrive);
  }

  Outlet outlet() {
    return outlet;
  }

  /** Called on the broker's context. */
  private void arrive(List<Held> batch) {
    context.runOnContext(v -> handle(batch));
  }

  @Override
  public void pause() {
    paused = true;
    broker.atHome(() -> outlet.pause(true));
  }

  @Override
  public void resume() {
    paused = false;
    broker.atHome(() -> outlet.pause(false));
  }

  @Override
  public Future<Void> cancel() {
    cancelled = true;
    return broker.cancel(queue, outlet);
  }

  private void handle(List<Held> batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (cancelled) {
        return;
      }
      if (paused) {
        List<Held> rest = batch.subList(i, batch.size());
        broker.atHome(() -> outlet.giveBack(rest));
        return;
      }
      handle(batch.get(i));
    }
  }

  private void handle(Held message) {
    Future<Void> outcome;
    try {
      outcome = handler.handle(message.body);
    } catch (RuntimeException e) {
      outcome = Future.failedFuture(e);
    }
    outcome.onComplete(done -> broker.atHome(() -> outlet.settle(message, done.cause())));
  }
}
