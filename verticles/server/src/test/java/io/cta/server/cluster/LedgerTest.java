package io.cta.server.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.server.cluster.Ledger.Seen;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class LedgerTest {
  private final Ledger ledger = new Ledger();

  @BeforeEach
  void firstWalk() {
    assertEquals(List.of(), ledger.page(List.of(seen("a", 1), seen("b", 1))));
    assertEquals(List.of(), ledger.end());
  }

  @Test
  void whatWasHeardOfIsNotMissed() {
    ledger.heard("a", 2, false);
    ledger.heard("c", 1, false);
    assertEquals(List.of(), ledger.page(List.of(seen("a", 2), seen("b", 1), seen("c", 1))));
    assertEquals(List.of(), ledger.end());
  }

  @Test
  void aLaterVersionAndANewDocumentAreMissedOnce() {
    assertEquals(List.of("a", "c"), walk(seen("a", 2), seen("b", 1), seen("c", 1)));
    assertEquals(List.of(), walk(seen("a", 2), seen("b", 1), seen("c", 1)));
  }

  @Test
  void anAnnouncementThatCameLateIsOlderThanWhatIsKnown() {
    walk(seen("a", 3), seen("b", 1));
    ledger.heard("a", 2, false);
    assertEquals(List.of(), walk(seen("a", 3), seen("b", 1)));
  }

  @Test
  void whatDoesNotComeUpAnyMoreIsMissedUnlessItsEndWasHeard() {
    ledger.heard("a", 2, true);
    assertEquals(List.of("b"), walk());
  }

  @Test
  void whatWasHeardOfDuringAWalkNeedNotComeUpInIt() {
    ledger.page(List.of(seen("a", 1)));
    ledger.heard("new", 1, false);
    ledger.page(List.of(seen("b", 1)));
    assertEquals(List.of(), ledger.end());
    assertEquals(List.of("new"), walk(seen("a", 1), seen("b", 1)));
  }

  @Test
  void whatWaitsForTwoWalksInTheSameVersionIsSaidAgain() {
    Seen halted = new Seen("a", 2, true);
    ledger.heard("a", 2, false);
    assertEquals(List.of(), walk(halted, seen("b", 1)));
    assertEquals(List.of("a"), walk(halted, seen("b", 1)));
    ledger.heard("a", 3, false);
    assertEquals(List.of(), walk(new Seen("a", 3, true), seen("b", 1)));
  }

  private List<String> walk(Seen... documents) {
    List<String> missed = new java.util.ArrayList<>(ledger.page(List.of(documents)));
    missed.addAll(ledger.end());
    return missed;
  }

  private static Seen seen(String id, long version) {
    return new Seen(id, version, false);
  }
}
