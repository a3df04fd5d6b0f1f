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
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final SingletonLease singletonLease = new SingletonLease("me", Duration.ofSeconds(3));

  @Test
  void aDutyThatNobodyEverHadIsMade() {
    assertEquals(MAKE, singletonLease.look(Optional.empty(), 0));
  }

  @Test
  void aDutyThatWasGivenBackIsTakenAtOnce() {
    assertEquals(TAKE, look("", 7, 0));
  }

  @Test
  void itsHolderKeepsItWhileItWrites() {
    for (int i = 0; i < 20; i++) {
      assertEquals(WAIT, look("other", i, i * SECOND));
    }
  }

  @Test
  void aHolderThatDoesNotWriteForALeaseLosesIt() {
    assertEquals(WAIT, look("other", 4, 0));
    assertEquals(WAIT, look("other", 4, 3 * SECOND));
    assertEquals(TAKE, look("other", 4, 3 * SECOND + 1));
  }

  @Test
  void theLeaseCountsFromWhenThisNodeSawTheVersionFirst() {
    look("other", 4, 0);
    assertEquals(WAIT, look("other", 5, 10 * SECOND));
    assertEquals(WAIT, look("other", 5, 13 * SECOND));
    assertEquals(WAIT, look("third", 6, 14 * SECOND));
    assertEquals(TAKE, look("third", 6, 18 * SECOND));
  }

  @Test
  void itsOwnIsRenewed() {
    assertEquals(RENEW, look("me", 4, 0));
    assertEquals(RENEW, look("me", 5, 100 * SECOND));
  }

  @Test
  void theHolderStopsBeforeAnotherCanHaveTakenIt() {
    assertFalse(singletonLease.holds(0));
    singletonLease.written(10 * SECOND);
    assertTrue(singletonLease.holds(12 * SECOND - 1));
    assertFalse(singletonLease.holds(12 * SECOND));
    singletonLease.written(13 * SECOND);
    assertTrue(singletonLease.holds(13 * SECOND));
    singletonLease.lost();
    assertFalse(singletonLease.holds(13 * SECOND));
  }

  private SingletonLease.Step look(String holder, long version, long nanos) {
    return singletonLease.look(Optional.of(new LeaseDocument(holder, version)), nanos);
  }
}
