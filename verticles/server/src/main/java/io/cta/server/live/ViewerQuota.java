package io.cta.server.live;

import java.util.concurrent.atomic.AtomicInteger;

/** Limits how many viewers watch at a time. Safe from any thread. */
final class ViewerQuota {
  private final int limit;
  private final AtomicInteger taken = new AtomicInteger();

  ViewerQuota(int limit) {
    this.limit = limit;
  }

  boolean take() {
    if (taken.incrementAndGet() <= limit) {
      return true;
    }
    taken.decrementAndGet();
    return false;
  }

  void leave() {
    taken.decrementAndGet();
  }

  int taken() {
    return taken.get();
  }
}
