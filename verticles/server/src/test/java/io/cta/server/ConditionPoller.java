package io.cta.server;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Asks again and again until a condition holds, within a limit. */
public final class ConditionPoller {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofMillis(5);

  private ConditionPoller() {}

  public static void holds(String what, Callable<Boolean> ask) {
    Awaitility.await(what)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(INTERVAL)
        .atMost(LIMIT)
        .until(ask);
  }
}
