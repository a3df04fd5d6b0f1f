package io.cta.server.dispatch;

import io.cta.domain.Execution;
import io.cta.domain.RunMode;
import io.cta.domain.Task;
import io.cta.json.Json;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.Collections;
import io.cta.server.store.Filter;
import io.cta.server.store.Query;
import io.cta.server.store.Stores;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.Phase;
import io.cta.state.TaskFact;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the stored deadlines that have passed and does what is due. */
final class Deadlines {
  private static final Logger log = LoggerFactory.getLogger(Deadlines.class);
  private static final int PAGE = 500;
  private static final Duration AGENTS_OWN = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofSeconds(30);

  private final Stores stores;
  private final TaskWriter writer;
  private final Stops stops;
  private final Board board;
  private final Clock clock;

  Deadlines(Stores stores, TaskWriter writer, Stops stops, Board board, Clock clock) {
    this.stores = stores;
    this.writer = writer;
    this.stops = stops;
    this.board = board;
    this.clock = clock;
  }

  /** One look; completes when everything found has been dealt with, as far as possible. */
  Future<Void> sweep() {
    return stores
        .tasks
        .find(due(Collections.TASKS))
        .compose(page -> all(page.items().stream().map(s -> tried(task(s.value()))).toList()))
        .compose(v -> stores.executions.find(due(Collections.EXECUTIONS).omitting("snapshot")))
        .compose(page -> all(page.items().stream().map(s -> tried(execution(s.value()))).toList()));
  }

  private Query due(CollectionSpec collection) {
    String now = Json.mapper().convertValue(clock.instant(), String.class);
    Filter passed = Filter.ALL.and("deadline", Filter.Op.LTE, now);
    return Query.of(collection, passed, PAGE).sortedBy("deadline", false);
  }

  private Future<Void> task(Task task) {
    Phase phase = Phase.of(task);
    boolean untaken = phase == Phase.WAITING || phase == Phase.RELEASED;
    if (!untaken || task.mode() != RunMode.PARALLEL) {
      return stops.timeOut(task, false);
    }
    return startOf(task.executionId()).compose(started -> pooled(task, started));
  }

  /** The pending time of shared-out tests is over once the first of them has started. */
  private Future<Void> pooled(Task task, Instant started) {
    Instant end = started == null ? null : started.plus(task.running()).plus(AGENTS_OWN);
    return end != null && end.isAfter(clock.instant())
        ? writer.apply(task.id(), new TaskFact.DeadlineMoved(end, clock.instant())).mapEmpty()
        : stops.timeOut(task, false);
  }

  private Future<Instant> startOf(String executionId) {
    Run run = board.run(executionId);
    return run != null
        ? Future.succeededFuture(run.startedAt)
        : stores.executions.get(executionId).map(found -> found.value().startedAt());
  }

  private Future<Void> execution(Execution execution) {
    Instant next = execution.state().terminal() ? null : clock.instant().plus(AGAIN);
    Run run = board.run(execution.id());
    if (run != null) {
      run.stopped = true;
    }
    Future<Void> ended =
        execution.state().terminal() ? Future.succeededFuture() : stops.timeOut(execution.id());
    return ended.compose(
        v ->
            stores.executions.update(execution.id(), e -> ExecutionChange.due(e, next)).mapEmpty());
  }

  private static Future<Void> tried(Future<Void> action) {
    return action.recover(
        e -> {
          log.warn("deadline not dealt with yet", e);
          return Future.succeededFuture();
        });
  }

  private static Future<Void> all(List<Future<Void>> actions) {
    return Future.join(actions).mapEmpty();
  }
}
