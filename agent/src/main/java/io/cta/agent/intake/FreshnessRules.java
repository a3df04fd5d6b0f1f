package io.cta.agent.intake;

import java.time.Duration;
import java.time.Instant;

/**
 * Decides which commands and answers are recent enough to be obeyed, and which may be outdated.
 * Pure.
 */
final class FreshnessRules {
  static final Duration COMMAND_MAX_AGE = Duration.ofSeconds(5);
  static final Duration ANSWER_MAX_AGE = Duration.ofSeconds(10);

  private FreshnessRules() {}

  /**
   * Compares the clocks of server and machine. Where these differ by more than {@link
   * #COMMAND_MAX_AGE} no command is fresh, and the server is asked each time, because an old
   * command may have been cancelled.
   */
  static boolean ofCommand(Instant sentAt, Instant now) {
    return sentAt != null
        && sentAt.plus(COMMAND_MAX_AGE).isAfter(now)
        && !sentAt.minus(COMMAND_MAX_AGE).isAfter(now);
  }

  /**
   * Uses the machine's clock only. An answer that is older than its question means that the clock
   * was set back, and does not count.
   */
  static boolean ofAnswer(Instant askedAt, Instant now) {
    return askedAt != null && !askedAt.isAfter(now) && askedAt.plus(ANSWER_MAX_AGE).isAfter(now);
  }
}
