package io.cta.server.cluster;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides whether this node holds the lease. The holder rewrites the lease document periodically; a
 * node that has seen the document unchanged for the lease's duration may take it. Compares only
 * times of this node's own clock, never the clocks of two nodes. Event loop of its verticle only.
 */
final class SingletonLease {
  /** What to do with the document now. */
  enum Step {
    /** Another node holds it. */
    WAIT,
    /** There is no document: insert it. */
    MAKE,
    /** Nobody holds it, or the holder is dead: replace the version that was read. */
    TAKE,
    /** This node holds it: replace the version that was read. */
    RENEW
  }

  /** The document as it was read; {@code holder} is empty after a release. */
  record LeaseDocument(String holder, long version) {}

  private final String self;
  private final long leaseNanos;
  private LeaseDocument lastRead;
  private long unchangedSinceNanos;
  private boolean held;
  private long heldSinceNanos;

  SingletonLease(String self, Duration lease) {
    this.self = self;
    this.leaseNanos = lease.toNanos();
  }

  Step look(Optional<LeaseDocument> found, long nanos) {
    if (found.isEmpty()) {
      return Step.MAKE;
    }
    if (!found.get().equals(lastRead)) {
      lastRead = found.get();
      unchangedSinceNanos = nanos;
    }
    if (lastRead.holder().equals(self)) {
      return Step.RENEW;
    }
    boolean dead = nanos - unchangedSinceNanos > leaseNanos;
    return lastRead.holder().isEmpty() || dead ? Step.TAKE : Step.WAIT;
  }

  /**
   * Called when the write has succeeded.
   *
   * @param nanos when the document was read before the write; the lease counts from there
   */
  void written(long nanos) {
    held = true;
    heldSinceNanos = nanos;
  }

  /** Called when another node holds the lease or its write came first. */
  void lost() {
    held = false;
  }

  /** True while no other node can have taken the lease; ends a third of the lease early. */
  boolean holds(long nanos) {
    return held && nanos - heldSinceNanos < leaseNanos / 3 * 2;
  }
}
