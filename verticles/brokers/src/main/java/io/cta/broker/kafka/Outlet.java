package io.cta.broker.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The queue's side of a subscription: which messages it has. Messages cross to {@link
 * KafkaSubscription} in batches. Touched on the broker's context only.
 */
final class Outlet {
  private final LocalQueue queue;
  private final int prefetch;
  private final Consumer<List<Held>> target;
  private final TreeMap<Long, Held> unsettled = new TreeMap<>();
  private List<Held> batch = new ArrayList<>();
  private boolean paused;
  private boolean ended;

  Outlet(LocalQueue queue, int prefetch, Consumer<List<Held>> target) {
    this.queue = queue;
    this.prefetch = prefetch;
    this.target = target;
  }

  int prefetch() {
    return prefetch;
  }

  int free() {
    return paused || ended ? 0 : prefetch - unsettled.size();
  }

  void give(Held message) {
    unsettled.put(message.position, message);
    batch.add(message);
  }

  void flush() {
    if (!batch.isEmpty()) {
      target.accept(batch);
      batch = new ArrayList<>();
    }
  }

  Collection<Held> unsettled() {
    return unsettled.values();
  }

  void settle(Held message, Throwable failure) {
    if (!ended && unsettled.remove(message.position) != null) {
      queue.settle(message, failure);
    }
  }

  /** Takes back what did not reach the handler. */
  void giveBack(List<Held> messages) {
    if (!ended) {
      messages.forEach(m -> unsettled.remove(m.position));
      queue.giveBack(messages);
    }
  }

  void pause(boolean now) {
    paused = now;
    queue.changed();
  }

  void end() {
    ended = true;
    unsettled.clear();
    batch.clear();
  }
}
