package io.cta.server.view.definitions;

import io.cta.domain.ExecutionTimeouts;

/** Limits of an execution, as its definition writes them. */
public record TimeoutsView(String pending, String running) {
  static TimeoutsView of(ExecutionTimeouts t) {
    return new TimeoutsView(t.pending().written(), t.running().written());
  }
}
