package io.cta.server.store;

import io.cta.domain.State;

/** Filters of executions and tasks by state. */
public final class StateFilters {
  /** Those that have not ended. */
  public static final DocumentFilter ACTIVE = andActive(DocumentFilter.ALL);

  private StateFilters() {}

  /** Narrows a filter to those that have not ended. */
  public static DocumentFilter andActive(DocumentFilter filter) {
    return filter.and(
        "state",
        DocumentFilter.Op.IN,
        State.PENDING.wire(),
        State.ACKED.wire(),
        State.RUNNING.wire());
  }
}
