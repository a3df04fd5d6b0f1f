package io.cta.broker;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Asks again and again until a condition holds, within a limit. */
public final class ConditionPoller {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofMillis(20);

  private ConditionPoller() {}

  public static void holds(Callable<Boolean> ask) {
    Awaitility.await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(INTERVAL)
        .atMost(LIMIT)
        .until(ask);
  }
}
