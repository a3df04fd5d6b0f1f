package io.cta.server.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The versions that this node has heard of, to be compared with those in the store, which is walked
 * through page by page, again and again. The first walk only takes in: whoever needs to know reads
 * the store when it starts. Event loop of its verticle only.
 */
final class VersionTracker {
  /** More than these are not kept; what is not kept is announced at every walk. */
  static final int CAPACITY = 500_000;

  /**
   * A document of the walk.
   *
   * @param halted true when it waits for something that some node may have seen alone: when it is
   *     the same at the next walk, it counts as missed
   */
  record StoredVersion(String id, long version, boolean halted) {}

  private final Map<String, Long> heard = new HashMap<>();
  private final Map<String, Long> halted = new HashMap<>();
  private Set<String> unseen = new HashSet<>();
  private boolean walked;

  /**
   * An announcement.
   *
   * @param over true when it leaves what is walked through
   */
  void heard(String id, long version, boolean over) {
    if (over) {
      heard.remove(id);
      unseen.remove(id);
    } else if (heard.size() < CAPACITY || heard.containsKey(id)) {
      heard.merge(id, version, Math::max);
    }
  }

  /** Takes in a page; answers the ids whose announcements were missed. */
  List<String> page(List<StoredVersion> documents) {
    List<String> missed = new ArrayList<>();
    for (StoredVersion document : documents) {
      unseen.remove(document.id());
      Long known = heard.get(document.id());
      boolean stuck =
          document.halted()
              && Long.valueOf(document.version())
                  .equals(halted.put(document.id(), document.version()));
      if (walked && (known == null || known < document.version() || stuck)) {
        missed.add(document.id());
      }
      heard(document.id(), document.version(), false);
    }
    return missed;
  }

  /** The end of a walk; answers the ids that were known before it and did not come up. */
  List<String> end() {
    List<String> missed = walked ? List.copyOf(unseen) : List.of();
    unseen = new HashSet<>(heard.keySet());
    halted.keySet().retainAll(heard.keySet());
    walked = true;
    return missed;
  }

  int size() {
    return heard.size();
  }
}
