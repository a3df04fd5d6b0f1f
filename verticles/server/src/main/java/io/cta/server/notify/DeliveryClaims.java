package io.cta.server.notify;

import io.cta.domain.Delivery;
import io.cta.server.store.VersionedEntity;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides whether another node is at a delivery. Compares only times of this node's own clock: a
 * claim that has stayed the same for the length of a lease is given up. Pure; event loop of its
 * verticle only.
 */
final class DeliveryClaims {
  private final String self;
  private final boolean alone;
  private final Duration lease;
  private final Map<String, Long> seen = new HashMap<>();

  /**
   * @param alone true when no other server works on the store: a claim of an earlier run is void
   */
  DeliveryClaims(String self, boolean alone, Duration lease) {
    this.self = self;
    this.alone = alone;
    this.lease = lease;
  }

  String self() {
    return self;
  }

  Duration lease() {
    return lease;
  }

  /**
   * True when another node may be at it; the caller looks again after the lease, and takes it over
   * if nothing has happened by then.
   */
  boolean isTaken(VersionedEntity<Delivery> found) {
    String owner = found.value().claimedBy();
    if (owner == null || alone || owner.equals(self)) {
      return false;
    }
    Long before = seen.put(found.value().id(), found.version());
    return before == null || before != found.version();
  }

  void forget(String id) {
    seen.remove(id);
  }
}
