package io.cta.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks the API whether every execution has ended, and how. Blocks. */
final class ExecutionEnds {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int MAX_COUNTED = 1000;

  private final RestClient rest;

  ExecutionEnds(RestClient rest) {
    this.rest = rest;
  }

  /** Waits until every execution has ended. */
  void await() {
    long limit = System.nanoTime() + LIMIT_NANOS;
    while (count("state=pending,acked,running", 1) > 0) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException("executions have not ended a minute after their tasks");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Counts the executions that were not ok, up to {@link #MAX_COUNTED}. */
  int notOk() {
    return count("result=failed,inconclusive,partial", MAX_COUNTED);
  }

  private int count(String filter, int most) {
    return rest.get("executions?limit=" + most + "&" + filter).await().getJsonArray("items").size();
  }
}
