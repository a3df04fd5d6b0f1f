package io.cta.broker.rabbitmq.connection;

import io.vertx.core.Context;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Brings what the client's threads have to say to the broker's context, in order, with one hop for
 * all that has gathered. Bounded by what may be unconfirmed and unsettled. Safe from any thread.
 */
public final class CallbackQueue {
  private final Context home;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean coming = new AtomicBoolean();

  public CallbackQueue(Context home) {
    this.home = home;
  }

  public void add(Runnable work) {
    waiting.add(work);
    if (coming.compareAndSet(false, true)) {
      home.runOnContext(v -> empty());
    }
  }

  private void empty() {
    coming.set(false);
    for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
      next.run();
    }
  }
}
