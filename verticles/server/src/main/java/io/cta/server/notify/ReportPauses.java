package io.cta.server.notify;

import java.time.Duration;

/** The pauses between attempts to report a status: half a second, doubling up to an hour. Pure. */
final class ReportPauses {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration MOST = Duration.ofHours(1);
  private static final int MAX_DOUBLINGS = 20;
  private static final double JITTER = 0.1;

  private ReportPauses() {}

  /**
   * @param made attempts so far, from 1
   * @param wish of the forge; zero if it has none
   * @param chance 0 to 1, spreads the attempts of many
   */
  static Duration after(int made, Duration wish, double chance) {
    long doubled = FIRST.toMillis() << Math.min(made - 1, MAX_DOUBLINGS);
    long planned = Math.min(doubled, MOST.toMillis());
    Duration pause = Duration.ofMillis(Math.round(planned * (1 - JITTER + 2 * JITTER * chance)));
    return wish.compareTo(pause) > 0 ? wish : pause;
  }
}
