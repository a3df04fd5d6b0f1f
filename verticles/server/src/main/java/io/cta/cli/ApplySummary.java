package io.cta.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * Formats the server's answer to an apply as lines for people: {@code + ~ =} and every change.
 * Pure.
 */
final class ApplySummary {
  private static final int MAX_VALUE_CHARS = 120;

  private ApplySummary() {}

  static List<String> lines(JsonObject answer) {
    List<String> lines = new ArrayList<>();
    int[] counts = new int[3];
    for (Object item : answer.getJsonArray("documents")) {
      JsonObject document = (JsonObject) item;
      String what = document.getString("kind") + " " + document.getString("name");
      switch (document.getString("action")) {
        case "created" -> {
          counts[0]++;
          lines.add("+ " + what);
        }
        case "updated" -> {
          counts[1]++;
          lines.add("~ " + what);
          changes(document.getJsonArray("changes", new JsonArray()), lines);
        }
        default -> {
          counts[2]++;
          lines.add("= " + what);
        }
      }
      JsonArray next = document.getJsonArray("next", new JsonArray());
      if (!next.isEmpty()) {
        lines.add(
            "    starts at " + String.join(", ", next.stream().map(String::valueOf).toList()));
      }
    }
    boolean dry = answer.getBoolean("dryRun", false);
    lines.add(
        counts[0]
            + " created, "
            + counts[1]
            + " updated, "
            + counts[2]
            + " unchanged"
            + (dry ? " (dry run: nothing was changed)" : ""));
    return lines;
  }

  private static void changes(JsonArray changes, List<String> lines) {
    for (Object item : changes) {
      JsonObject change = (JsonObject) item;
      lines.add(
          "    "
              + change.getString("field")
              + ": "
              + value(change, "from")
              + " -> "
              + value(change, "to"));
    }
  }

  private static String value(JsonObject change, String key) {
    if (change.getValue(key) == null) {
      return "(none)";
    }
    String text = new JsonArray().add(change.getValue(key)).encode();
    text = text.substring(1, text.length() - 1);
    return text.length() > MAX_VALUE_CHARS ? text.substring(0, MAX_VALUE_CHARS) + "..." : text;
  }
}
