package io.cta.server.forges;

import io.cta.domain.ForgeType;
import io.cta.server.outgoing.OutgoingAnswer;
import io.cta.server.outgoing.RetryAfterHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * What a forge's answer to a status means. Pure.
 *
 * @param pause how long it wants to be left alone, zero if it did not say
 * @param text for people
 */
public record ForgeAnswer(Kind kind, Duration pause, String text) {
  private static final Duration SECONDARY_LIMIT = Duration.ofSeconds(60);
  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;
  private static final int REQUEST_TIMEOUT = 408;

  /** What follows from it. */
  public enum Kind {
    ACCEPTED,
    /** It says that it is in this state already: what it has tells whether that is so. */
    COMPARE,
    RETRY,
    REFUSED
  }

  public static ForgeAnswer of(ForgeType type, OutgoingAnswer answer, Instant now) {
    int status = answer.status();
    Duration wish = RetryAfterHeader.of(answer, now);
    if (answer.success()) {
      return new ForgeAnswer(Kind.ACCEPTED, Duration.ZERO, "");
    }
    if (status >= 300 && status < 400) {
      String to = answer.header("location");
      return refused("redirects are not followed: it pointed to " + (to == null ? "nowhere" : to));
    }
    if (status == CONFLICT || status == TOO_MANY || status == REQUEST_TIMEOUT || status >= 500) {
      Duration limit = type == ForgeType.GITHUB ? limit(answer, now) : Duration.ZERO;
      return new ForgeAnswer(Kind.RETRY, longer(wish, limit), answer.text());
    }
    if (status == 403 && type == ForgeType.GITHUB) {
      Duration limit = longer(wish, limit(answer, now));
      return limit.isZero()
          ? refused(answer.text())
          : new ForgeAnswer(Kind.RETRY, limit, answer.text());
    }
    if (status == 400 && answer.text().contains("Cannot transition status")) {
      return new ForgeAnswer(Kind.COMPARE, Duration.ZERO, answer.text());
    }
    return status == 404
        ? refused(
            answer.text()
                + " (the token has no access to the project, which may be the fork that a change"
                + " comes from, or the commit is not there)")
        : refused(answer.text());
  }

  /** GitHub's limits of speed, which it may tell in three ways. */
  private static Duration limit(OutgoingAnswer answer, Instant now) {
    String reset = answer.header("x-ratelimit-reset");
    if ("0".equals(answer.header("x-ratelimit-remaining"))
        && reset != null
        && reset.matches("[0-9]{1,12}")) {
      Duration wait = Duration.between(now, Instant.ofEpochSecond(Long.parseLong(reset)));
      Duration least = longer(wait, Duration.ofSeconds(1));
      return least.compareTo(RetryAfterHeader.MAX) > 0 ? RetryAfterHeader.MAX : least;
    }
    String text = answer.text().toLowerCase(Locale.ROOT);
    return text.contains("secondary rate limit") ? SECONDARY_LIMIT : Duration.ZERO;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  private static ForgeAnswer refused(String text) {
    return new ForgeAnswer(Kind.REFUSED, Duration.ZERO, text);
  }
}
