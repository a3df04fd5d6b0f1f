package io.cta.server.live;

/** Keeps a distance between messages: says how long the next must wait. Pure. */
final class DeltaThrottle {
  private final long distance;
  private long next = Long.MIN_VALUE;

  DeltaThrottle(long distance) {
    this.distance = distance;
  }

  /** Books the next slot; the milliseconds until it. */
  long book(long now) {
    long at = Math.max(now, next);
    next = at + distance;
    return at - now;
  }
}
