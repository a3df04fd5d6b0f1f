package io.cta.cli.mcp;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A list within the size that clients take: what has no room is left for the next call, which the
 * answer names. One thread.
 */
final class BoundedAnswer {
  /** Clients refuse answers of more than 25,000 tokens. */
  static final int MAX_CHARS = 40_000;

  /** Room for what stands around the list. */
  private static final int FRAME_CHARS = 4_000;

  private final int from;
  private final JsonArray items = new JsonArray();
  private int chars;
  private boolean full;

  /**
   * @param from how many items earlier answers had
   */
  BoundedAnswer(int from) {
    this.from = from;
  }

  /** Adds an item; false when there is no room for it. The first one always has room. */
  boolean add(JsonObject item) {
    int size = item.encode().length();
    full = !items.isEmpty() && chars + size > MAX_CHARS - FRAME_CHARS;
    if (!full) {
      items.add(item);
      chars += size;
    }
    return !full;
  }

  /**
   * The list in an answer.
   *
   * @param total how many there are, or less than was shown when nobody knows
   * @param more whether there are more
   */
  JsonObject into(JsonObject answer, String name, int total, boolean more) {
    answer.put("total", Math.max(total, from + items.size())).put("shown", items.size());
    if (full || more) {
      answer.put("next", from + items.size());
    }
    return answer.put(name, items);
  }
}
