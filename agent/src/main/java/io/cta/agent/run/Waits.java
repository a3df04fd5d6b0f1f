package io.cta.agent.run;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits of a task's own thread, each with a limit. */
final class Waits {
  private Waits() {}

  /** Whether the future completed within the limit, however it did. */
  static boolean done(CompletableFuture<?> future, Duration limit) throws InterruptedException {
    try {
      future.get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }

  /** Whether one of two completed within the limit. */
  static boolean either(CompletableFuture<?> a, CompletableFuture<?> b, Duration limit)
      throws InterruptedException {
    return done(CompletableFuture.anyOf(a, b), limit);
  }
}
