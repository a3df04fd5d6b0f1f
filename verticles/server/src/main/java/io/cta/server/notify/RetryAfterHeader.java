package io.cta.server.notify;

import io.cta.server.outgoing.OutgoingAnswer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads the header Retry-After (RFC 9110, 10.2.3): seconds or a date. Pure. */
final class RetryAfterHeader {
  /** A receiver that wants more gets this. */
  static final Duration MAX = Duration.ofHours(12);

  private RetryAfterHeader() {}

  /**
   * How long the receiver wants to be left alone; zero when it does not say so, or not readably. A
   * date counts from the receiver's own, if it says one.
   */
  static Duration of(OutgoingAnswer answer, Instant now) {
    String text = answer.retryAfter() == null ? "" : answer.retryAfter().strip();
    if (text.matches("[0-9]{1,18}")) {
      long seconds = Math.min(Long.parseLong(text), MAX.toSeconds());
      return Duration.ofSeconds(seconds);
    }
    Instant from = date(answer.date()).orElse(now);
    Duration wait = date(text).map(until -> Duration.between(from, until)).orElse(Duration.ZERO);
    return wait.isNegative() ? Duration.ZERO : wait.compareTo(MAX) > 0 ? MAX : wait;
  }

  private static Optional<Instant> date(String text) {
    try {
      return text == null || text.isEmpty()
          ? Optional.empty()
          : Optional.of(
              ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
