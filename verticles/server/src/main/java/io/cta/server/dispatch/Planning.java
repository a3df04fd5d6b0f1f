package io.cta.server.dispatch;

import io.cta.domain.Execution;
import io.cta.domain.Machine;
import io.cta.domain.Task;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.cta.server.store.Write;
import io.cta.server.tasks.TaskWriter;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns executions into tasks, a few at a time and only while the board has room: the others wait
 * in the store. Event loop of its verticle only.
 */
final class Planning {
  private static final Logger log = LoggerFactory.getLogger(Planning.class);
  private static final int AT_ONCE = 32;
  private static final int SLICE = 500;
  private static final int MAX_BACKLOG = 200_000;

  private final Board board;
  private final Stores stores;
  private final TaskWriter writer;
  private final Snapshots snapshots;
  private final Past past;
  private final Clock clock;
  private final int maxTasks;
  private final Consumer<Execution> planned;
  private final Set<String> backlog = new LinkedHashSet<>();
  private final Set<String> busy = new LinkedHashSet<>();
  private boolean begun;

  /**
   * @param planned hears of each execution once its tasks are in the store
   */
  Planning(
      Board board,
      Stores stores,
      TaskWriter writer,
      Snapshots snapshots,
      Clock clock,
      int maxTasks,
      Consumer<Execution> planned) {
    this.board = board;
    this.stores = stores;
    this.writer = writer;
    this.snapshots = snapshots;
    this.past = new Past(stores);
    this.clock = clock;
    this.maxTasks = maxTasks;
    this.planned = planned;
  }

  /** Until now it has only remembered what is to do. */
  void begin() {
    begun = true;
    pump();
  }

  /** An execution that may have to be planned; one too many is found again in the store. */
  void add(String executionId) {
    if (board.run(executionId) == null
        && !busy.contains(executionId)
        && backlog.size() < MAX_BACKLOG) {
      backlog.add(executionId);
      pump();
    }
  }

  boolean isBusy(String executionId) {
    return busy.contains(executionId) || backlog.contains(executionId);
  }

  /** Takes up what there is room for. */
  void pump() {
    while (begun && busy.size() < AT_ONCE && !backlog.isEmpty() && board.size() < maxTasks) {
      String id = backlog.iterator().next();
      backlog.remove(id);
      busy.add(id);
      stores
          .executions
          .find(id)
          .compose(
              found ->
                  found.isPresent() && !found.get().value().planned()
                      ? plan(found.get())
                      : Future.succeededFuture())
          .onComplete(
              done -> {
                busy.remove(id);
                if (done.failed()) {
                  log.warn("execution not planned yet [execution: {}]", id, done.cause());
                  closeIfEmpty(id);
                } else {
                  pump();
                }
              });
    }
  }

  private Future<Void> plan(Stored<Execution> stored) {
    Execution execution = stored.value();
    if (execution.state().terminal()) {
      return Future.succeededFuture();
    }
    snapshots.hold(execution);
    Run run = board.open(execution);
    return past.of(execution)
        .compose(
            history -> {
              List<Machine> matching =
                  run.pool.members.values().stream().map(m -> m.machine).toList();
              List<Machine> fleet = board.fleet.all().stream().map(m -> m.machine).toList();
              List<Task> tasks = Planner.plan(execution, matching, fleet, history, clock.instant());
              return create(tasks).compose(v -> mark(stored, tasks.size()));
            })
        .map(
            now -> {
              run.complete = true;
              planned.accept(now);
              return null;
            });
  }

  /** A slice after the other, so that thousands of tasks hold nobody up. */
  private Future<Void> create(List<Task> tasks) {
    if (tasks.size() <= SLICE) {
      return writer.create(tasks);
    }
    return writer
        .create(tasks.subList(0, SLICE))
        .compose(v -> create(tasks.subList(SLICE, tasks.size())));
  }

  private Future<Execution> mark(Stored<Execution> stored, int taskCount) {
    String id = stored.value().id();
    Execution next = ExecutionChange.planned(stored.value(), taskCount);
    return stores
        .executions
        .replace(id, stored, next)
        .compose(
            outcome ->
                outcome == Write.Outcome.DONE
                    ? Future.succeededFuture(next)
                    : stores
                        .executions
                        .update(id, e -> ExecutionChange.planned(e, taskCount))
                        .map(Stored::value));
  }

  /** What failed is tried again by the next search of the store. */
  private void closeIfEmpty(String executionId) {
    Run run = board.run(executionId);
    if (run != null && run.tickets.isEmpty()) {
      board.close(run);
    }
  }
}
