package io.cta.domain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * Limits of an execution; in a definition they may be parameters.
 *
 * @param pending from request until a machine has taken it; default 1 h
 * @param running from its first start until its end; default 2 h
 */
public record ExecutionTimeouts(TimeLimit pending, TimeLimit running) {
  /** Both have their defaults. */
  public static final ExecutionTimeouts DEFAULT = new ExecutionTimeouts(null, null);

  public ExecutionTimeouts {
    pending = FieldChecks.or(pending, TimeLimit.of(Duration.ofHours(1)));
    running = FieldChecks.or(running, TimeLimit.of(Duration.ofHours(2)));
  }

  @JsonCreator
  static ExecutionTimeouts read(
      @JsonProperty("pending") String pending, @JsonProperty("running") String running) {
    return new ExecutionTimeouts(
        pending == null ? null : TimeLimit.parse("timeouts.pending", pending),
        running == null ? null : TimeLimit.parse("timeouts.running", running));
  }
}
