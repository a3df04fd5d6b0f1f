package io.cta.agent.intake;

import java.time.Duration;
import java.time.Instant;

/**
 * What may be obeyed as it is, and what has lain so long that it may not be meant any more. Pure.
 */
final class FreshnessRules {
  static final Duration COMMAND = Duration.ofSeconds(5);
  static final Duration ANSWER = Duration.ofSeconds(10);

  private FreshnessRules() {}

  /**
   * By the clocks of server and machine. Where they differ by more than that nothing is fresh, and
   * the server is asked each time: who cannot tell must not begin what may be cancelled.
   */
  static boolean ofCommand(Instant sentAt, Instant now) {
    return sentAt != null
        && sentAt.plus(COMMAND).isAfter(now)
        && !sentAt.minus(COMMAND).isAfter(now);
  }

  /** By the machine's clock alone. One that is older than its question is of a clock set back. */
  static boolean ofAnswer(Instant askedAt, Instant now) {
    return askedAt != null && !askedAt.isAfter(now) && askedAt.plus(ANSWER).isAfter(now);
  }
}
