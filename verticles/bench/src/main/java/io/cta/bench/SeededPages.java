package io.cta.bench;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What queries need to know of a filled store and only a running server can tell.
 *
 * @param executions ids of executions
 * @param nextPages cursors of the list of executions
 * @param runs executions for which filter values are known
 */
record SeededPages(List<String> executions, List<String> nextPages, List<SeededRun> runs) {
  private static final int PAGES = 20;

  /** Asks the server; blocks. */
  static SeededPages of(RestClient rest) {
    List<String> executions = new ArrayList<>();
    List<String> nextPages = new ArrayList<>();
    String next = "";
    for (int i = 0; i < PAGES && next != null; i++) {
      JsonObject page = rest.get("executions" + (i == 0 ? "" : "?after=" + next)).await();
      page.getJsonArray("items").forEach(e -> executions.add(((JsonObject) e).getString("id")));
      next = page.getString("next");
      if (next != null) {
        nextPages.add(next);
      }
    }
    if (nextPages.isEmpty()) {
      throw new IllegalStateException("the store must have more executions than a page");
    }
    List<SeededRun> runs = executions.stream().limit(PAGES).map(id -> run(rest, id)).toList();
    return new SeededPages(executions, nextPages, runs);
  }

  private static SeededRun run(RestClient rest, String id) {
    JsonObject page = rest.get("executions/" + id + "/statuses").await();
    JsonObject first = page.getJsonArray("items").getJsonObject(0);
    return new SeededRun(
        id, first.getString("testId"), first.getString("machineId"), page.getString("next"));
  }
}
