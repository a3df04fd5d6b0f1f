package io.cta.agent.run;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures on a task's own thread, always with a limit. */
final class StageTimeouts {
  /** An upper bound: what people write for "no limit" must not overflow a clock. */
  private static final Duration LONGEST = Duration.ofDays(10_000);

  private StageTimeouts() {}

  /** Milliseconds for a timer: 1 at least, and no more than a clock can count. */
  static long millis(Duration limit) {
    return Math.max(1, bounded(limit).toMillis());
  }

  static long nanos(Duration limit) {
    return bounded(limit).toNanos();
  }

  private static Duration bounded(Duration limit) {
    return limit.compareTo(LONGEST) > 0 ? LONGEST : limit;
  }

  /** Waits for the future; returns whether it completed within the limit, normally or not. */
  static boolean done(CompletableFuture<?> future, Duration limit) throws InterruptedException {
    try {
      future.get(Math.max(0, nanos(limit)), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  /** Waits for one of two; returns whether it completed within the limit. */
  static boolean either(CompletableFuture<?> a, CompletableFuture<?> b, Duration limit)
      throws InterruptedException {
    return done(CompletableFuture.anyOf(a, b), limit);
  }
}
