package io.cta.server.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a topic's next message will say: of each thing only the latest view. Bounded; past the bound
 * the next message is a resync instead. Pure, not thread-safe.
 */
final class DeltaBuffer {
  private final int limit;
  private final Map<String, Map<String, JsonNode>> views = new LinkedHashMap<>();
  private final Map<String, Long> versions = new LinkedHashMap<>();
  private int size;
  private boolean overflown;

  DeltaBuffer(int limit) {
    this.limit = limit;
  }

  /** A view whose versions have an order: one older than what was offered before is dropped. */
  void offer(String kind, String id, long version, JsonNode view) {
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

  void offer(String kind, String id, JsonNode view) {
    if (overflown) {
      return;
    }
    Map<String, JsonNode> ofKind = views.computeIfAbsent(kind, k -> new LinkedHashMap<>());
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
  Optional<ObjectNode> take() {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    views.forEach((kind, ofKind) -> out.putArray(kind).addAll(ofKind.values()));
    boolean whole = !overflown;
    views.clear();
    size = 0;
    overflown = false;
    return whole ? Optional.of(out) : Optional.empty();
  }
}
