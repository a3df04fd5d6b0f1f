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
  void firstScan() {
    assertEquals(List.of(), versionTracker.page(List.of(stored("a", 1), stored("b", 1))));
    assertEquals(List.of(), versionTracker.end());
  }

  @Test
  void announcedVersionsAreNotMissed() {
    versionTracker.heard("a", 2, false);
    versionTracker.heard("c", 1, false);
    assertEquals(
        List.of(), versionTracker.page(List.of(stored("a", 2), stored("b", 1), stored("c", 1))));
    assertEquals(List.of(), versionTracker.end());
  }

  @Test
  void aLaterVersionAndANewDocumentAreMissedOnce() {
    assertEquals(List.of("a", "c"), scan(stored("a", 2), stored("b", 1), stored("c", 1)));
    assertEquals(List.of(), scan(stored("a", 2), stored("b", 1), stored("c", 1)));
  }

  @Test
  void aLateAnnouncementDoesNotReplaceANewerVersion() {
    scan(stored("a", 3), stored("b", 1));
    versionTracker.heard("a", 2, false);
    assertEquals(List.of(), scan(stored("a", 3), stored("b", 1)));
  }

  @Test
  void aDocumentNoLongerFoundIsMissedUnlessItsEndWasAnnounced() {
    versionTracker.heard("a", 2, true);
    assertEquals(List.of("b"), scan());
  }

  @Test
  void aDocumentAnnouncedDuringAScanNeedNotBeFoundByIt() {
    versionTracker.page(List.of(stored("a", 1)));
    versionTracker.heard("new", 1, false);
    versionTracker.page(List.of(stored("b", 1)));
    assertEquals(List.of(), versionTracker.end());
    assertEquals(List.of("new"), scan(stored("a", 1), stored("b", 1)));
  }

  @Test
  void aHaltedDocumentWithTheSameVersionInTwoScansIsMissed() {
    StoredVersion halted = new StoredVersion("a", 2, true);
    versionTracker.heard("a", 2, false);
    assertEquals(List.of(), scan(halted, stored("b", 1)));
    assertEquals(List.of("a"), scan(halted, stored("b", 1)));
    versionTracker.heard("a", 3, false);
    assertEquals(List.of(), scan(new StoredVersion("a", 3, true), stored("b", 1)));
  }

  private List<String> scan(StoredVersion... documents) {
    List<String> missed = new java.util.ArrayList<>(versionTracker.page(List.of(documents)));
    missed.addAll(versionTracker.end());
    return missed;
  }

  private static StoredVersion stored(String id, long version) {
    return new StoredVersion(id, version, false);
  }
}
