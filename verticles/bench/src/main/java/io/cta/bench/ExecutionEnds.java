package io.cta.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Looks through the API whether every execution has ended, and how. Blocks. */
final class ExecutionEnds {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int MOST = 1000;

  private final RestClient rest;

  ExecutionEnds(RestClient rest) {
    this.rest = rest;
  }

  /** Waits until none is left that has not ended. */
  void await() {
    long limit = System.nanoTime() + LIMIT_NANOS;
    while (count("state=pending,acked,running", 1) > 0) {
      if (System.nanoTime() > limit) {
        throw new IllegalStateException("executions have not ended a minute after their tasks");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** How many were not ok, up to a thousand. */
  int notOk() {
    return count("result=failed,inconclusive,partial", MOST);
  }

  private int count(String filter, int most) {
    return rest.get("executions?limit=" + most + "&" + filter).await().getJsonArray("items").size();
  }
}
