package io.cta.broker.handout;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The queue's side of a subscription: which messages it has. Messages cross to {@link
 * LocalSubscription} in batches. Touched on the broker's context only.
 */
public final class ConsumerBuffer<M extends PendingDelivery> {
  private final DeliverySource<M> deliverySource;
  private final int prefetch;
  private final Consumer<List<M>> target;
  private final TreeMap<Long, M> unsettled = new TreeMap<>();
  private List<M> batch = new ArrayList<>();
  private boolean paused;
  private boolean ended;

  /**
   * @param target takes what was given, a batch at a time
   */
  public ConsumerBuffer(DeliverySource<M> deliverySource, int prefetch, Consumer<List<M>> target) {
    this.deliverySource = deliverySource;
    this.prefetch = prefetch;
    this.target = target;
  }

  int prefetch() {
    return prefetch;
  }

  int free() {
    return paused || ended ? 0 : prefetch - unsettled.size();
  }

  public void give(M message) {
    message.delivered();
    unsettled.put(message.position(), message);
    batch.add(message);
  }

  void flush() {
    if (!batch.isEmpty()) {
      target.accept(batch);
      batch = new ArrayList<>();
    }
  }

  /** What it has, in order. */
  List<M> unsettled() {
    return List.copyOf(unsettled.values());
  }

  /** Its handler has answered; of what this outlet has no more that means nothing. */
  public void settle(M message, Throwable failure) {
    if (!ended && unsettled.remove(message.position()) != null) {
      deliverySource.settle(message, failure);
    }
  }

  /** Takes back what did not reach the handler. */
  void giveBack(List<M> messages) {
    if (!ended) {
      messages.forEach(
          message -> {
            unsettled.remove(message.position());
            message.returned();
          });
      deliverySource.giveBack(messages);
    }
  }

  void pause(boolean now) {
    paused = now;
    deliverySource.changed();
  }

  /** Nothing is handed out any more, and what it had is nobody's. */
  void end() {
    ended = true;
    unsettled.clear();
    batch.clear();
  }
}
