package io.cta.server.view.definitions;

import io.cta.domain.ExecutionTimeouts;
import java.time.Duration;

/** Limits of an execution. */
public record TimeoutsView(Duration pending, Duration running) {
  static TimeoutsView of(ExecutionTimeouts t) {
    return new TimeoutsView(t.pending(), t.running());
  }
}
