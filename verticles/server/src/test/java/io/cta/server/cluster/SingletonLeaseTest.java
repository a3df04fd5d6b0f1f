package io.cta.server.cluster;

import static io.cta.server.cluster.SingletonLease.Step.MAKE;
import static io.cta.server.cluster.SingletonLease.Step.RENEW;
import static io.cta.server.cluster.SingletonLease.Step.TAKE;
import static io.cta.server.cluster.SingletonLease.Step.WAIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.cluster.SingletonLease.LeaseDocument;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SingletonLeaseTest {
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SingletonLease lease = new SingletonLease("me", Duration.ofSeconds(3));

  @Test
  void aLeaseThatNobodyEverHeldIsInserted() {
    assertEquals(MAKE, lease.look(Optional.empty(), 0));
  }

  @Test
  void aReleasedLeaseIsTakenAtOnce() {
    assertEquals(TAKE, look("", 7, 0));
  }

  @Test
  void theHolderKeepsTheLeaseWhileItWrites() {
    for (int i = 0; i < 20; i++) {
      assertEquals(WAIT, look("other", i, i * SECOND_NANOS));
    }
  }

  @Test
  void aHolderThatDoesNotWriteForALeaseDurationLosesIt() {
    assertEquals(WAIT, look("other", 4, 0));
    assertEquals(WAIT, look("other", 4, 3 * SECOND_NANOS));
    assertEquals(TAKE, look("other", 4, 3 * SECOND_NANOS + 1));
  }

  @Test
  void theLeaseCountsFromWhenThisNodeSawTheVersionFirst() {
    look("other", 4, 0);
    assertEquals(WAIT, look("other", 5, 10 * SECOND_NANOS));
    assertEquals(WAIT, look("other", 5, 13 * SECOND_NANOS));
    assertEquals(WAIT, look("third", 6, 14 * SECOND_NANOS));
    assertEquals(TAKE, look("third", 6, 18 * SECOND_NANOS));
  }

  @Test
  void theHolderRenewsItsOwnLease() {
    assertEquals(RENEW, look("me", 4, 0));
    assertEquals(RENEW, look("me", 5, 100 * SECOND_NANOS));
  }

  @Test
  void theHolderStopsBeforeAnotherCanHaveTakenIt() {
    assertFalse(lease.holds(0));
    lease.written(10 * SECOND_NANOS);
    assertTrue(lease.holds(12 * SECOND_NANOS - 1));
    assertFalse(lease.holds(12 * SECOND_NANOS));
    lease.written(13 * SECOND_NANOS);
    assertTrue(lease.holds(13 * SECOND_NANOS));
    lease.lost();
    assertFalse(lease.holds(13 * SECOND_NANOS));
  }

  private SingletonLease.Step look(String holder, long version, long nanos) {
    return lease.look(Optional.of(new LeaseDocument(holder, version)), nanos);
  }
}
