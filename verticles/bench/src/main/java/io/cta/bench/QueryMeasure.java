package io.cta.bench;

import io.vertx.core.json.JsonObject;
import java.util.Random;
import org.HdrHistogram.Histogram;

/** Measures one query: how long its answers take and how many items they have. */
final class QueryMeasure {
  private static final long LONGEST_NANOS = 600_000_000_000L;

  private final QueryShape shape;
  private final Histogram nanos = new Histogram(LONGEST_NANOS, 3);
  private long items;

  QueryMeasure(QueryShape shape) {
    this.shape = shape;
  }

  /** Sends one request and blocks; fails when the server refuses it. */
  void ask(RestClient rest, Random random, boolean counted) {
    String path = shape.path().apply(random);
    long begin = System.nanoTime();
    JsonObject answer = rest.get(path).await();
    if (counted) {
      nanos.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - begin));
      items += answer.containsKey("items") ? answer.getJsonArray("items").size() : 1;
    }
  }

  QueryResult result() {
    return QueryResult.of(shape.name(), (double) items / Math.max(1, nanos.getTotalCount()), nanos);
  }
}
