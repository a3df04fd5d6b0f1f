package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.CommitLine;
import io.cta.domain.CommitLineBuilder;
import io.cta.server.store.VersionedEntity;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Of two nodes one talks to a forge about a commit. */
class LineClaimsTest {
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final long SECOND = 1_000_000_000L;

  private final LineClaims claims = new LineClaims("a", false, LEASE);

  @Test
  void whatNobodyOrThisNodeHoldsIsFree() {
    assertFalse(claims.isTaken(line(null, 1), 0));
    assertFalse(claims.isTaken(line("a", 1), 0));
  }

  @Test
  void whatAnotherNodeHoldsIsTakenUntilItHasBeenSilentForALease() {
    assertTrue(claims.isTaken(line("b", 1), 0));
    assertTrue(claims.isTaken(line("b", 1), 59 * SECOND));
    assertTrue(claims.isTaken(line("b", 2), 60 * SECOND));
    assertTrue(claims.isTaken(line("b", 2), 119 * SECOND));
    assertFalse(claims.isTaken(line("b", 2), 120 * SECOND));
  }

  @Test
  void aLineThatWasFreeMeanwhileIsWaitedForAnew() {
    assertTrue(claims.isTaken(line("b", 1), 0));
    assertFalse(claims.isTaken(line(null, 2), 30 * SECOND));
    assertTrue(claims.isTaken(line("b", 3), 70 * SECOND));
  }

  @Test
  void aServerThatIsAloneTakesWhatAnEarlierRunHeld() {
    assertFalse(new LineClaims("a", true, LEASE).isTaken(line("b", 1), 0));
  }

  private static VersionedEntity<CommitLine> line(String owner, long version) {
    return new VersionedEntity<>(
        CommitLineBuilder.builder().id("L").claimedBy(owner).build(), version);
  }
}
