package io.cta.broker.handout;

import io.cta.broker.DeliveryHandler;
import io.cta.broker.QueueSubscription;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The subscriber's side of a subscription to a queue in this process. Everything but {@code arrive}
 * happens on the context that subscribed.
 */
public final class LocalSubscription<M extends PendingDelivery> implements QueueSubscription {
  private final Executor brokerContext;
  private final Context subscriberContext;
  private final DeliveryHandler handler;
  private final ConsumerBuffer<M> buffer;
  private final Function<ConsumerBuffer<M>, Future<Void>> cancel;
  private boolean paused;
  private boolean cancelled;

  /**
   * @param brokerContext runs work on the broker's context
   * @param subscriberContext where the handler is called
   * @param cancel removes the buffer from its queue and puts back its messages
   */
  public LocalSubscription(
      Executor brokerContext,
      Context subscriberContext,
      DeliverySource<M> deliverySource,
      int prefetch,
      DeliveryHandler handler,
      Function<ConsumerBuffer<M>, Future<Void>> cancel) {
    this.brokerContext = brokerContext;
    this.subscriberContext = subscriberContext;
    this.handler = handler;
    this.buffer = new ConsumerBuffer<>(deliverySource, prefetch, this::arrive);
    this.cancel = cancel;
  }

  public ConsumerBuffer<M> buffer() {
    return buffer;
  }

  /** Called on the broker's context. */
  private void arrive(List<M> batch) {
    subscriberContext.runOnContext(v -> handle(batch));
  }

  @Override
  public void pause() {
    paused = true;
    brokerContext.execute(() -> buffer.pause(true));
  }

  @Override
  public void resume() {
    paused = false;
    brokerContext.execute(() -> buffer.pause(false));
  }

  @Override
  public Future<Void> cancel() {
    cancelled = true;
    return cancel.apply(buffer);
  }

  private void handle(List<M> batch) {
    for (int i = 0; i < batch.size(); i++) {
      if (cancelled) {
        return;
      }
      if (paused) {
        List<M> rest = batch.subList(i, batch.size());
        brokerContext.execute(() -> buffer.giveBack(rest));
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
    outcome.onComplete(done -> brokerContext.execute(() -> buffer.settle(message, done.cause())));
  }
}
