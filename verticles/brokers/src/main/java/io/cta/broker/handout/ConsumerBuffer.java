package io.cta.broker.handout;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The broker's side of a subscription: the messages it was given and has not settled. They cross to
 * {@link LocalSubscription} in batches. Touched on the broker's context only.
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
   * @param target takes the messages that were given, a batch at a time
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

  /** The messages it has, in order. */
  List<M> unsettled() {
    return List.copyOf(unsettled.values());
  }

  /** The handler has answered; ignored for a message that this buffer no longer has. */
  public void settle(M message, Throwable failure) {
    if (!ended && unsettled.remove(message.position()) != null) {
      deliverySource.settle(message, failure);
    }
  }

  /** Takes back messages that did not reach the handler. */
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

  /** Hands out nothing any more, and forgets the messages it had. */
  void end() {
    ended = true;
    unsettled.clear();
    batch.clear();
  }
}
