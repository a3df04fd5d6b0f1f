package io.cta.domain;

import java.time.Duration;

/**
 * Limits of an execution.
 *
 * @param pending from request until a machine has taken it; default 1 h
 * @param running from its first start until its end; default 2 h
 */
public record ExecutionTimeouts(Duration pending, Duration running) {
  public ExecutionTimeouts {
    pending = FieldChecks.or(pending, Duration.ofHours(1));
    running = FieldChecks.or(running, Duration.ofHours(2));
  }
}
