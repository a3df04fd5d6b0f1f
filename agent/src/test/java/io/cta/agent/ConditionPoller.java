package io.cta.agent;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Asks again and again until a condition holds, within a limit. */
public final class ConditionPoller {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private ConditionPoller() {}

  public static void holds(String what, BooleanSupplier ask) {
    present(what, () -> ask.getAsBoolean() ? Boolean.TRUE : null);
  }

  /** The first answer that is not null. */
  public static <T> T present(String what, Supplier<T> ask) {
    long end = System.nanoTime() + LIMIT.toNanos();
    T answer = ask.get();
    while (answer == null) {
      if (System.nanoTime() > end) {
        throw new AssertionError(what + " did not come within " + LIMIT);
      }
      LockSupport.parkNanos(5_000_000);
      answer = ask.get();
    }
    return answer;
  }
}
