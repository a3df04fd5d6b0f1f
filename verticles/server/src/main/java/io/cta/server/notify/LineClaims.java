package io.cta.server.notify;

import io.cta.domain.CommitLine;
import io.cta.server.store.VersionedEntity;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides whether another node is talking to a forge about a commit. Compares only times of this
 * node's own clock: a claim that has stayed the same for the length of a lease is given up. Pure;
 * event loop of its verticle only.
 */
final class LineClaims {
  private static final int MAX_SEEN = 10_000;

  private record Seen(long version, long nanos) {}

  private final String self;
  private final boolean alone;
  private final long leaseNanos;
  private final Map<String, Seen> seen = new HashMap<>();

  /**
   * @param alone true when no other server works on the store: a claim of an earlier run is void
   */
  LineClaims(String self, boolean alone, Duration lease) {
    this.self = self;
    this.alone = alone;
    leaseNanos = lease.toNanos();
  }

  String self() {
    return self;
  }

  /** True when another node may be at it; this node has one request for a line at a time. */
  boolean isTaken(VersionedEntity<CommitLine> found, long nanos) {
    CommitLine line = found.value();
    if (line.claimedBy() == null || alone || line.claimedBy().equals(self)) {
      seen.remove(line.id());
      return false;
    }
    Seen before = seen.get(line.id());
    if (before == null || before.version != found.version()) {
      if (seen.size() >= MAX_SEEN) {
        seen.clear(); // they are seen again, and wait a lease longer
      }
      seen.put(line.id(), new Seen(found.version(), nanos));
      return true;
    }
    return nanos - before.nanos < leaseNanos;
  }
}
