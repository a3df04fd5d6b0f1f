package io.cta.server.live;

/** Spaces messages: says how long the next one must wait. Pure. */
final class DeltaThrottle {
  private final long distanceMillis;
  private long next = Long.MIN_VALUE;

  DeltaThrottle(long distanceMillis) {
    this.distanceMillis = distanceMillis;
  }

  /** Books the next slot; returns the milliseconds until it. */
  long book(long now) {
    long at = Math.max(now, next);
    next = at + distanceMillis;
    return at - now;
  }
}
