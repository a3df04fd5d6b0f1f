package io.cta.broker.handout;

import io.cta.broker.DeliveryHandler;
import io.cta.broker.QueueSubscription;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The subscriber's side of a subscription. Everything but {@code arrive} happens on the context
 * that subscribed.
 */
public final class LocalSubscription<M extends PendingDelivery> implements QueueSubscription {
  private final Executor home;
  private final Context context;
  private final DeliveryHandler handler;
  private final ConsumerBuffer<M> consumerBuffer;
  private final Function<ConsumerBuffer<M>, Future<Void>> cancel;
  private boolean paused;
  private boolean cancelled;

  /**
   * @param home runs work on the broker's context
   * @param context of the subscriber
   * @param cancel takes the outlet away from its queue, and puts back what it has
   */
  public LocalSubscription(
      Executor home,
      Context context,
      DeliverySource<M> deliverySource,
      int prefetch,
      DeliveryHandler handler,
      Function<ConsumerBuffer<M>, Future<Void>> cancel) {
    this.home = home;
    this.context = context;
    this.handler = handler;
    this.consumerBuffer = new ConsumerBuffer<>(deliverySource, prefetch, this::arrive);
    this.cancel = cancel;
  }

  public ConsumerBuffer<M> outlet() {
    return consumerBuffer;
  }

  /** Called on the broker's context. */
  private void arrive(List<M> batch) {
    context.runOnContext(v -> handle(batch));
  }

  @Override
  public void pause() {
    paused = true;
    home.execute(() -> consumerBuffer.pause(true));
  }

  @Override
  public void resume() {
    paused = false;
    home.execute(() -> consumerBuffer.pause(false));
  }

  @Override
  public Future<Void> cancel() {
    cancelled = true;
    return cancel.apply(consumerBuffer);
  }

  private void handle(List<M> batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (cancelled) {
        return;
      }
      if (paused) {
        List<M> rest = batch.subList(i, batch.size());
        home.execute(() -> consumerBuffer.giveBack(rest));
        return;
      }
      handle(batch.get(i));
    }
  }

  private void handle(M message) {
    Future<Void> outcome;
    try {
      outcome = handler.handle(message.body());
    } catch (RuntimeException e) {
      outcome = Future.failedFuture(e);
    }
    outcome.onComplete(done -> home.execute(() -> consumerBuffer.settle(message, done.cause())));
  }
}
