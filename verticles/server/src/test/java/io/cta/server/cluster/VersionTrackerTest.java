package io.cta.server.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.server.cluster.VersionTracker.StoredVersion;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class VersionTrackerTest {
  private final VersionTracker versionTracker = new VersionTracker();

  @BeforeEach
  void firstWalk() {
    assertEquals(List.of(), versionTracker.page(List.of(seen("a", 1), seen("b", 1))));
    assertEquals(List.of(), versionTracker.end());
  }

  @Test
  void whatWasHeardOfIsNotMissed() {
    versionTracker.heard("a", 2, false);
    versionTracker.heard("c", 1, false);
    assertEquals(List.of(), versionTracker.page(List.of(seen("a", 2), seen("b", 1), seen("c", 1))));
    assertEquals(List.of(), versionTracker.end());
  }

  @Test
  void aLaterVersionAndANewDocumentAreMissedOnce() {
    assertEquals(List.of("a", "c"), walk(seen("a", 2), seen("b", 1), seen("c", 1)));
    assertEquals(List.of(), walk(seen("a", 2), seen("b", 1), seen("c", 1)));
  }

  @Test
  void anAnnouncementThatCameLateIsOlderThanWhatIsKnown() {
    walk(seen("a", 3), seen("b", 1));
    versionTracker.heard("a", 2, false);
    assertEquals(List.of(), walk(seen("a", 3), seen("b", 1)));
  }

  @Test
  void whatDoesNotComeUpAnyMoreIsMissedUnlessItsEndWasHeard() {
    versionTracker.heard("a", 2, true);
    assertEquals(List.of("b"), walk());
  }

  @Test
  void whatWasHeardOfDuringAWalkNeedNotComeUpInIt() {
    versionTracker.page(List.of(seen("a", 1)));
    versionTracker.heard("new", 1, false);
    versionTracker.page(List.of(seen("b", 1)));
    assertEquals(List.of(), versionTracker.end());
    assertEquals(List.of("new"), walk(seen("a", 1), seen("b", 1)));
  }

  @Test
  void whatWaitsForTwoWalksInTheSameVersionIsSaidAgain() {
    StoredVersion halted = new StoredVersion("a", 2, true);
    versionTracker.heard("a", 2, false);
    assertEquals(List.of(), walk(halted, seen("b", 1)));
    assertEquals(List.of("a"), walk(halted, seen("b", 1)));
    versionTracker.heard("a", 3, false);
    assertEquals(List.of(), walk(new StoredVersion("a", 3, true), seen("b", 1)));
  }

  private List<String> walk(StoredVersion... documents) {
    List<String> missed = new java.util.ArrayList<>(versionTracker.page(List.of(documents)));
    missed.addAll(versionTracker.end());
    return missed;
  }

  private static StoredVersion seen(String id, long version) {
    return new StoredVersion(id, version, false);
  }
}
