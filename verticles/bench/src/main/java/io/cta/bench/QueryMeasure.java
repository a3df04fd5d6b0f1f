package io.cta.bench;

import io.vertx.core.json.JsonObject;
import java.util.Random;
import org.HdrHistogram.Histogram;

/** One query and what is known of its answers. */
final class QueryMeasure {
  private static final long LONGEST_NANOS = 600_000_000_000L;

  private final QueryShape shape;
  private final Histogram nanos = new Histogram(LONGEST_NANOS, 3);
  private long items;

  QueryMeasure(QueryShape shape) {
    this.shape = shape;
  }

  /** Asks once; blocks, and fails when the answer is no good. */
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
