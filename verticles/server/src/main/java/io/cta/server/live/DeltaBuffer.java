package io.cta.server.live;

import io.cta.server.view.View;
import io.cta.server.view.live.DeltaView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a topic's next message will say: of each thing only the latest view. Bounded; past the bound
 * the next message is a resync instead. Pure, not thread-safe.
 */
final class DeltaBuffer {
  private final int limit;
  private final Map<String, Map<String, View>> views = new LinkedHashMap<>();
  private final Map<String, Long> versions = new LinkedHashMap<>();
  private int size;
  private boolean overflown;

  DeltaBuffer(int limit) {
    this.limit = limit;
  }

  /** A view whose versions have an order: one older than what was offered before is dropped. */
  void offer(String kind, String id, long version, View view) {
    String key = kind + '/' + id;
    Long known = versions.remove(key);
    versions.put(key, known == null ? version : Math.max(known, version));
    if (versions.size() > limit) {
      versions.remove(versions.keySet().iterator().next());
    }
    if (known == null || version >= known) {
      offer(kind, id, view);
    }
  }

  void offer(String kind, String id, View view) {
    if (overflown) {
      return;
    }
    Map<String, View> ofKind = views.computeIfAbsent(kind, k -> new LinkedHashMap<>());
    if (ofKind.put(id, view) == null && ++size > limit) {
      overflown = true;
      views.clear();
    }
  }

  /** What was to be said is not known: the next message is a resync. */
  void overflow() {
    overflown = true;
    views.clear();
    size = Math.max(size, 1);
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Takes the message; empty where the whole topic must be read again. */
  Optional<DeltaView> take() {
    Map<String, List<View>> out = new LinkedHashMap<>();
    views.forEach((kind, ofKind) -> out.put(kind, List.copyOf(ofKind.values())));
    boolean whole = !overflown;
    views.clear();
    size = 0;
    overflown = false;
    return whole ? Optional.of(new DeltaView(out)) : Optional.empty();
  }
}
