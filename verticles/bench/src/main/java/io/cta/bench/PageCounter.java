package io.cta.bench;

import io.vertx.core.json.JsonObject;

/** Counts the items of a list of the API, page by page. Blocks. */
final class PageCounter {
  private static final int PAGE_SIZE = 1000;

  private final RestClient rest;

  PageCounter(RestClient rest) {
    this.rest = rest;
  }

  /**
   * @param list path of the list, with at least one query parameter
   */
  long count(String list) {
    long count = 0;
    String after = "";
    while (after != null) {
      JsonObject page = rest.get(list + "&limit=" + PAGE_SIZE + after).await();
      count += page.getJsonArray("items").size();
      String next = page.getString("next");
      after = next == null ? null : "&after=" + next;
    }
    return count;
  }
}
