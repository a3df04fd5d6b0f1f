package io.cta.broker.embedded;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * The broker's side of a subscription: who has which message. Touched on the broker's context only;
 * messages cross to {@link EmbeddedSubscription} in batches.
 */
final class Outlet {
  private final EmbeddedQueue queue;
  private final int prefetch;
  private final EmbeddedSubscription target;
  private final TreeMap<Long, Held> unsettled = new TreeMap<>();
  private List<Held> batch = new ArrayList<>();
  private boolean paused;
  private boolean ended;

  Outlet(EmbeddedQueue queue, int prefetch, EmbeddedSubscription target) {
    this.queue = queue;
    this.prefetch = prefetch;
    this.target = target;
  }

  boolean free() {
    return !paused && unsettled.size() < prefetch;
  }

  void give(Held message) {
    unsettled.put(message.position, message);
    batch.add(message);
  }

  void flush() {
    if (!batch.isEmpty()) {
      target.arrive(batch);
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

  void giveBack(List<Held> messages) {
    if (!ended) {
      messages.forEach(m -> unsettled.remove(m.position));
      queue.giveBack(messages);
    }
  }

  void pause(boolean now) {
    paused = now;
    if (!now) {
      queue.pumpSoon();
    }
  }

  /** Puts back what is unsettled; nothing is handed out any more. */
  void cancel() {
    if (!ended) {
      queue.close(this);
      end();
    }
  }

  void end() {
    ended = true;
    unsettled.clear();
    batch.clear();
  }
}
