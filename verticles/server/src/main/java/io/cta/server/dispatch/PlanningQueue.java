package io.cta.server.dispatch;

import io.cta.domain.Execution;
import io.cta.domain.Machine;
import io.cta.domain.Task;
import io.cta.server.dispatch.scheduling.ExecutionEntry;
import io.cta.server.dispatch.scheduling.ExecutionPlanner;
import io.cta.server.dispatch.scheduling.SchedulingState;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
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
final class PlanningQueue {
  private static final Logger log = LoggerFactory.getLogger(PlanningQueue.class);
  private static final int AT_ONCE = 32;
  private static final int SLICE = 500;
  private static final int MAX_BACKLOG = 200_000;

  private final SchedulingState schedulingState;
  private final StoreRepositories stores;
  private final TaskWriter writer;
  private final SnapshotCache snapshotCache;
  private final TestHistoryLoader testHistoryLoader;
  private final Clock clock;
  private final int maxTasks;
  private final Consumer<Execution> planned;
  private final Set<String> backlog = new LinkedHashSet<>();
  private final Set<String> busy = new LinkedHashSet<>();
  private boolean begun;

  /**
   * @param planned hears of each execution once its tasks are in the store
   */
  PlanningQueue(
      SchedulingState schedulingState,
      StoreRepositories stores,
      TaskWriter writer,
      SnapshotCache snapshotCache,
      Clock clock,
      int maxTasks,
      Consumer<Execution> planned) {
    this.schedulingState = schedulingState;
    this.stores = stores;
    this.writer = writer;
    this.snapshotCache = snapshotCache;
    this.testHistoryLoader = new TestHistoryLoader(stores);
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
    if (schedulingState.run(executionId) == null
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
    while (begun
        && busy.size() < AT_ONCE
        && !backlog.isEmpty()
        && schedulingState.size() < maxTasks) {
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

  private Future<Void> plan(VersionedEntity<Execution> versionedEntity) {
    Execution execution = versionedEntity.value();
    if (execution.state().terminal()) {
      return Future.succeededFuture();
    }
    snapshotCache.hold(execution);
    ExecutionEntry executionEntry = schedulingState.open(execution);
    return testHistoryLoader
        .of(execution)
        .compose(
            history -> {
              List<Machine> matching =
                  executionEntry.pool.members.values().stream().map(m -> m.machine).toList();
              List<Machine> fleet =
                  schedulingState.fleet.all().stream().map(m -> m.machine).toList();
              List<Task> tasks =
                  ExecutionPlanner.plan(execution, matching, fleet, history, clock.instant());
              return create(tasks).compose(v -> mark(versionedEntity, tasks.size()));
            })
        .map(
            now -> {
              executionEntry.complete = true;
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

  private Future<Execution> mark(VersionedEntity<Execution> versionedEntity, int taskCount) {
    String id = versionedEntity.value().id();
    Execution next = ExecutionEdit.planned(versionedEntity.value(), taskCount);
    return stores
        .executions
        .replace(id, versionedEntity, next)
        .compose(
            outcome ->
                outcome == DocumentWrite.Outcome.DONE
                    ? Future.succeededFuture(next)
                    : stores
                        .executions
                        .update(id, e -> ExecutionEdit.planned(e, taskCount))
                        .map(VersionedEntity::value));
  }

  /** What failed is tried again by the next search of the store. */
  private void closeIfEmpty(String executionId) {
    ExecutionEntry executionEntry = schedulingState.run(executionId);
    if (executionEntry != null && executionEntry.tickets.isEmpty()) {
      schedulingState.close(executionEntry);
    }
  }
}
