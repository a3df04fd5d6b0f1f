package io.cta.server.dispatch;

import io.cta.domain.Execution;
import io.cta.domain.State;
import io.cta.server.store.Collections;
import io.cta.server.store.Filter;
import io.cta.server.store.Query;
import io.cta.server.store.StateFilters;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Reads at start what was under way, page by page. */
final class Recovery {
  private static final int MACHINES = 1_000;
  private static final int EXECUTIONS = 100;
  private static final int ENDED = 1_000;

  private final Stores stores;
  private final Board board;
  private final Planning planning;
  private final List<String> cancelled = new ArrayList<>();

  Recovery(Stores stores, Board board, Planning planning) {
    this.stores = stores;
    this.board = board;
    this.planning = planning;
  }

  Future<Void> machines() {
    Query all = Query.of(Collections.MACHINES, Filter.ALL, MACHINES);
    return stores.machines.each(
        all, machine -> board.fleet.load(machine.value(), machine.version()));
  }

  /** Opens a run for each planned execution that is not over; the others will be planned. */
  Future<Void> executions() {
    return stores.executions.each(
        Query.of(Collections.EXECUTIONS, StateFilters.ACTIVE, EXECUTIONS),
        execution -> take(execution.value()));
  }

  /** Executions whose cancel was asked for, and is to be carried out again. */
  List<String> cancelled() {
    return cancelled;
  }

  /**
   * The executions that ended last, however long ago they were asked for: a queue of theirs may
   * have been left over. What is older goes when retention removes its execution.
   */
  Future<List<Execution>> ended() {
    Filter over =
        Filter.ALL
            .and(
                "state",
                Filter.Op.IN,
                State.FINISHED.wire(),
                State.CANCELLED.wire(),
                State.TIMEOUT.wire())
            .and("finishedAt", Filter.Op.EXISTS);
    Query last =
        Query.of(Collections.EXECUTIONS, over, ENDED)
            .sortedBy("finishedAt", true)
            .omitting("snapshot");
    return stores
        .executions
        .find(last)
        .map(page -> page.items().stream().<Execution>map(Stored::value).toList());
  }

  private void take(Execution execution) {
    if (execution.planned()) {
      board.open(execution).complete = true;
    } else {
      planning.add(execution.id());
    }
    if (execution.cancelRequestedAt() != null) {
      cancelled.add(execution.id());
    }
  }
}
