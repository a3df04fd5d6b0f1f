package io.cta.agent.intake;

import io.cta.message.Envelope;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a command may be obeyed as it is, or has lain so long that it may not be meant any more.
 * Its age is that by this machine's clock: where that is ahead of the server's, commands look older
 * and the server is asked in vain; where it is behind, they look younger. Pure.
 */
final class Freshness {
  static final Duration LIMIT = Duration.ofSeconds(5);

  private Freshness() {}

  static boolean of(Envelope command, Instant now) {
    return command.time() != null && command.time().plus(LIMIT).isAfter(now);
  }
}
