package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.cta.error.ServiceFailure;
import io.cta.json.DurationFormat;
import java.time.Duration;

/**
 * How long something may take, or, in a definition, the parameter that says it: {@code 10m}, {@code
 * ${LIMIT}}. Exactly one of the two is set. What an agent runs has durations only.
 *
 * @param time the limit, or null
 * @param text with a parameter in it, or null
 */
public record TimeLimit(Duration time, String text) {
  private static final String PARAMETER = "${";

  public TimeLimit {
    if ((time == null) == (text == null)) {
      throw ServiceFailure.invalid("timeout", "must be a duration, or name a parameter");
    }
  }

  public static TimeLimit of(Duration time) {
    return time == null ? null : new TimeLimit(time, null);
  }

  /** Reads a limit; a malformed one is an INVALID failure that names {@code field}. */
  public static TimeLimit parse(String field, String text) {
    return text.startsWith(PARAMETER)
        ? new TimeLimit(null, text)
        : of(DurationFormat.parse(field, text));
  }

  /** The limit; throws INVALID while it is still a parameter. */
  public Duration duration() {
    if (time == null) {
      throw ServiceFailure.invalid("timeout", "has a parameter without a value: " + text);
    }
    return time;
  }

  @JsonCreator
  static TimeLimit read(String text) {
    return parse("timeout", text);
  }

  /** As definitions write it. */
  @JsonValue
  public String written() {
    return text == null ? DurationFormat.format(time) : text;
  }
}
