package io.cta.domain;

import java.time.Duration;

/**
 * Limits of an execution.
 *
 * @param pending from request until a machine has taken it; default 1 h
 * @param running from its first start until its end; default 2 h
 */
public record Timeouts(Duration pending, Duration running) {
  public Timeouts {
    pending = Check.or(pending, Duration.ofHours(1));
    running = Check.or(running, Duration.ofHours(2));
  }
}
