package io.cta.server.cluster;

import java.time.Duration;
import java.util.Optional;

/**
 * Who has a duty. The holder writes the duty's document again and again; whoever has seen it
 * unchanged for a lease may take it. Only spans on this node's own clock are compared, never one
 * node's clock with another's. Event loop of its verticle only.
 */
final class SingletonLease {
  /** What to do with the document now. */
  enum Step {
    /** It is another's. */
    WAIT,
    /** There is none: insert it. */
    MAKE,
    /** It is nobody's, or its holder is dead: replace the version that was seen. */
    TAKE,
    /** It is this node's: replace the version that was seen. */
    RENEW
  }

  /** The document, as it was read; {@code holder} empty when it was given back. */
  record LeaseDocument(String holder, long version) {}

  private final String self;
  private final long leaseNanos;
  private LeaseDocument leaseDocument;
  private long unchangedSince;
  private boolean held;
  private long heldSince;

  SingletonLease(String self, Duration lease) {
    this.self = self;
    this.leaseNanos = lease.toNanos();
  }

  Step look(Optional<LeaseDocument> found, long nanos) {
    if (found.isEmpty()) {
      return Step.MAKE;
    }
    if (!found.get().equals(leaseDocument)) {
      leaseDocument = found.get();
      unchangedSince = nanos;
    }
    if (leaseDocument.holder().equals(self)) {
      return Step.RENEW;
    }
    boolean dead = nanos - unchangedSince > leaseNanos;
    return leaseDocument.holder().isEmpty() || dead ? Step.TAKE : Step.WAIT;
  }

  /**
   * The write went through.
   *
   * @param nanos when the document was read before it: the lease counts from there
   */
  void written(long nanos) {
    held = true;
    heldSince = nanos;
  }

  /** Another was quicker, or has it. */
  void lost() {
    held = false;
  }

  /** True while nobody else can have taken it, with a third of the lease to spare. */
  boolean holds(long nanos) {
    return held && nanos - heldSince < leaseNanos / 3 * 2;
  }
}
