package io.cta.server.push;

import io.cta.server.outgoing.OutgoingAnswer;
import io.cta.server.outgoing.RetryAfterHeader;
import java.time.Duration;
import java.time.Instant;

/** What the requests of all targets have in common. Pure. */
final class PushCall {
  /** For requests that move few bytes. */
  static final Duration SHORT = Duration.ofSeconds(20);

  /** Slower than this a receiver need not be. */
  private static final long BYTES_PER_SECOND = 1 << 20;

  private PushCall() {}

  /** How long a body may take. */
  static Duration limit(long bytes) {
    return SHORT.plusSeconds(bytes / BYTES_PER_SECOND);
  }

  /**
   * @param who is it that answered
   * @param said by it, for people
   */
  static PushFailure refusal(
      String who, String said, OutgoingAnswer answer, boolean passing, Instant now) {
    return new PushFailure(
        who + " answered " + said,
        answer.status(),
        !passing,
        passing ? RetryAfterHeader.of(answer, now) : Duration.ZERO);
  }
}
