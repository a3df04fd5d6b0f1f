package io.cta.broker;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Asks again and again until a condition holds, within a limit. */
public final class ConditionPoller {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofMillis(5);

  private ConditionPoller() {}

  public static void holds(Callable<Boolean> ask) {
    poll(null).until(ask);
  }

  public static void holds(String what, Callable<Boolean> ask) {
    poll(what).until(ask);
  }

  /** The first answer that is not null. */
  public static <T> T present(String what, Supplier<T> ask) {
    return poll(what).until(ask::get, Objects::nonNull);
  }

  private static ConditionFactory poll(String what) {
    return Awaitility.await(what)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(INTERVAL)
        .atMost(LIMIT);
  }
}
