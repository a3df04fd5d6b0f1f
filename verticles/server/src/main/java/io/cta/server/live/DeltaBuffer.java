package io.cta.server.live;

import io.cta.server.view.OutwardView;
import io.cta.server.view.live.DeltaView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects a topic's next message: the latest view of each thing. Bounded; when it overflows, the
 * next message is a resync instead. Pure, not thread-safe.
 */
final class DeltaBuffer {
  private final int limit;
  private final Map<String, Map<String, OutwardView>> views = new LinkedHashMap<>();
  private final Map<String, Long> versions = new LinkedHashMap<>();
  private int size;
  private boolean overflown;

  DeltaBuffer(int limit) {
    this.limit = limit;
  }

  /** Adds a view with a version; drops it if a later version was offered before. */
  void offer(String kind, String id, long version, OutwardView outwardView) {
    String key = kind + '/' + id;
    Long known = versions.remove(key);
    versions.put(key, known == null ? version : Math.max(known, version));
    if (versions.size() > limit) {
      versions.remove(versions.keySet().iterator().next());
    }
    if (known == null || version >= known) {
      offer(kind, id, outwardView);
    }
  }

  void offer(String kind, String id, OutwardView outwardView) {
    if (overflown) {
      return;
    }
    Map<String, OutwardView> ofKind = views.computeIfAbsent(kind, k -> new LinkedHashMap<>());
    if (ofKind.put(id, outwardView) == null && ++size > limit) {
      overflown = true;
      views.clear();
    }
  }

  /** Makes the next message a resync, because something that belongs into it is not known. */
  void overflow() {
    overflown = true;
    views.clear();
    size = Math.max(size, 1);
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Takes the message; empty if viewers must read the whole topic again. */
  Optional<DeltaView> take() {
    Map<String, List<OutwardView>> out = new LinkedHashMap<>();
    views.forEach((kind, ofKind) -> out.put(kind, List.copyOf(ofKind.values())));
    boolean whole = !overflown;
    views.clear();
    size = 0;
    overflown = false;
    return whole ? Optional.of(new DeltaView(out)) : Optional.empty();
  }
}
