package io.cta.server.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tracks the document versions announced to this node and compares them with the store, which is
 * scanned page by page, again and again. The first scan only records versions and reports nothing
 * missed, because every consumer reads the store when it starts. Event loop of its verticle only.
 */
final class VersionTracker {
  /** Most documents tracked; documents beyond it are announced at every scan. */
  static final int CAPACITY = 500_000;

  /**
   * A document found by the scan.
   *
   * @param halted true when the document waits for a message that may have reached only one node;
   *     it counts as missed if the next scan finds the same version
   */
  record StoredVersion(String id, long version, boolean halted) {}

  private final Map<String, Long> heard = new HashMap<>();
  private final Map<String, Long> halted = new HashMap<>();
  private Set<String> unseen = new HashSet<>();
  private boolean scannedOnce;

  /**
   * Records an announced version.
   *
   * @param over true when scans will no longer find the document
   */
  void heard(String id, long version, boolean over) {
    if (over) {
      heard.remove(id);
      unseen.remove(id);
    } else if (heard.size() < CAPACITY || heard.containsKey(id)) {
      heard.merge(id, version, Math::max);
    }
  }

  /** Records a page; answers the ids whose announcements were missed. */
  List<String> page(List<StoredVersion> documents) {
    List<String> missed = new ArrayList<>();
    for (StoredVersion document : documents) {
      unseen.remove(document.id());
      Long known = heard.get(document.id());
      boolean stuck =
          document.halted()
              && Long.valueOf(document.version())
                  .equals(halted.put(document.id(), document.version()));
      if (scannedOnce && (known == null || known < document.version() || stuck)) {
        missed.add(document.id());
      }
      heard(document.id(), document.version(), false);
    }
    return missed;
  }

  /** Ends a scan; answers the ids that were known before it and were not found. */
  List<String> end() {
    List<String> missed = scannedOnce ? List.copyOf(unseen) : List.of();
    unseen = new HashSet<>(heard.keySet());
    halted.keySet().retainAll(heard.keySet());
    scannedOnce = true;
    return missed;
  }

  int size() {
    return heard.size();
  }
}
