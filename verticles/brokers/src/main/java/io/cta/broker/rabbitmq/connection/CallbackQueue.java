package io.cta.broker.rabbitmq.connection;

import io.vertx.core.Context;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Passes callbacks of the client's threads to the broker's context, in order, with one hop for all
 * that wait. Bounded by the limits on unconfirmed and unsettled messages. Safe from any thread.
 */
public final class CallbackQueue {
  private final Context brokerContext;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  public CallbackQueue(Context brokerContext) {
    this.brokerContext = brokerContext;
  }

  public void add(Runnable work) {
    waiting.add(work);
    if (scheduled.compareAndSet(false, true)) {
      brokerContext.runOnContext(v -> runAll());
    }
  }

  private void runAll() {
    scheduled.set(false);
    for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
      next.run();
    }
  }
}
