package io.cta.bench.fleet;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks again until the answer fits, within a limit. */
public final class ConditionPoller {
  private ConditionPoller() {}

  public static <T> T holds(String what, Duration limit, Supplier<T> ask, Predicate<T> fits) {
    long end = System.nanoTime() + limit.toNanos();
    T answer = ask.get();
    while (!fits.test(answer)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(what + " did not come within " + limit + "; last: " + answer);
      }
      LockSupport.parkNanos(20_000_000);
      answer = ask.get();
    }
    return answer;
  }
}
