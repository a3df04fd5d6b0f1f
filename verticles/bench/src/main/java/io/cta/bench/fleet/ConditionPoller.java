package io.cta.bench.fleet;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks again until the answer satisfies a condition, within a time limit. */
public final class ConditionPoller {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private ConditionPoller() {}

  public static <T> T holds(String what, Duration limit, Supplier<T> ask, Predicate<T> fits) {
    long end = System.nanoTime() + limit.toNanos();
    T answer = ask.get();
    while (!fits.test(answer)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(what + " did not come within " + limit + "; last: " + answer);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      answer = ask.get();
    }
    return answer;
  }
}
