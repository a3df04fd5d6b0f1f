package io.cta.server.live;

import java.util.concurrent.atomic.AtomicInteger;

/** How many may watch at a time. Safe from any thread. */
final class Seats {
  private final int limit;
  private final AtomicInteger taken = new AtomicInteger();

  Seats(int limit) {
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
