package io.cta.server.dispatch;

import io.cta.domain.AskedExecution;
import io.cta.domain.Execution;
import io.cta.domain.Task;
import io.cta.server.dispatch.scheduling.ExecutionEntry;
import io.cta.server.dispatch.scheduling.ExecutionPlanner;
import io.cta.server.dispatch.scheduling.SchedulingState;
import io.cta.server.executions.ExecutionCreator;
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
 * Plans executions, a few at a time and only while there is room for their tasks in memory; the
 * others wait in the store. Event loop of its verticle only.
 */
final class PlanningQueue {
  private static final Logger log = LoggerFactory.getLogger(PlanningQueue.class);

  /** Executions that are planned at the same time. */
  private static final int MAX_BUSY = 32;

  /** Tasks that are stored with one write. */
  static final int SLICE = 500;

  private static final int MAX_BACKLOG = 200_000;

  private final SchedulingState schedulingState;
  private final StoreRepositories stores;
  private final TaskWriter writer;
  private final TestHistoryLoader testHistoryLoader;
  private final Clock clock;
  private final int maxTasks;
  private final Consumer<VersionedEntity<Execution>> planned;
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
      TestHistoryLoader testHistoryLoader,
      Clock clock,
      int maxTasks,
      Consumer<VersionedEntity<Execution>> planned) {
    this.schedulingState = schedulingState;
    this.stores = stores;
    this.writer = writer;
    this.testHistoryLoader = testHistoryLoader;
    this.clock = clock;
    this.maxTasks = maxTasks;
    this.planned = planned;
  }

  /** Starts planning; before this call, executions are only queued. */
  void begin() {
    begun = true;
    pump();
  }

  /** Plans no further executions. */
  void end() {
    begun = false;
  }

  /** Queues an execution; with a full backlog the {@link ExecutionScanner} finds it later. */
  void add(String executionId) {
    if (schedulingState.execution(executionId) == null
        && !busy.contains(executionId)
        && backlog.size() < MAX_BACKLOG) {
      backlog.add(executionId);
      pump();
    }
  }

  /** True when a new execution may be planned at once, because none waits before it. */
  boolean hasRoom() {
    return begun && backlog.isEmpty() && schedulingState.size() < maxTasks;
  }

  /** Plans the executions for which there is room. */
  void pump() {
    while (begun
        && busy.size() < MAX_BUSY
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
    return stores
        .specs
        .get(execution.id())
        .compose(spec -> plan(versionedEntity, new AskedExecution(execution, spec)));
  }

  private Future<Void> plan(VersionedEntity<Execution> versionedEntity, AskedExecution asked) {
    ExecutionEntry executionEntry = schedulingState.open(asked);
    return testHistoryLoader
        .of(asked.execution())
        .compose(
            history -> {
              List<Task> tasks =
                  ExecutionPlanner.plan(
                      asked,
                      executionEntry.pool,
                      schedulingState.fleet.traits(),
                      history,
                      clock.instant());
              return create(versionedEntity, tasks);
            })
        .map(
            now -> {
              executionEntry.complete = true;
              planned.accept(now);
              return null;
            });
  }

  /** Stores the tasks and marks the execution as planned; few tasks take one write for both. */
  private Future<VersionedEntity<Execution>> create(
      VersionedEntity<Execution> stored, List<Task> tasks) {
    if (tasks.isEmpty() || tasks.size() > SLICE) {
      return create(tasks).compose(v -> mark(stored.value().id(), tasks.size()));
    }
    Execution next = ExecutionCreator.planned(stored.value(), tasks.size());
    return writer
        .create(tasks, stores.executions.replacing(next.id(), stored, next))
        .compose(
            outcome ->
                outcome == DocumentWrite.Outcome.DONE
                    ? Future.succeededFuture(takenIn(next, stored.version() + 1, tasks))
                    : create(tasks).compose(v -> mark(next.id(), tasks.size())));
  }

  /** Adds tasks before they are announced: without tasks an execution would count as over. */
  private VersionedEntity<Execution> takenIn(Execution next, long version, List<Task> tasks) {
    tasks.forEach(schedulingState::put);
    return new VersionedEntity<>(next, version);
  }

  /** Stores one slice after the other, so that other writes get between thousands of tasks. */
  private Future<Void> create(List<Task> tasks) {
    if (tasks.size() <= SLICE) {
      return writer.create(tasks);
    }
    return writer
        .create(tasks.subList(0, SLICE))
        .compose(v -> create(tasks.subList(SLICE, tasks.size())));
  }

  private Future<VersionedEntity<Execution>> mark(String id, int taskCount) {
    return stores.executions.update(id, e -> ExecutionCreator.planned(e, taskCount));
  }

  /** Drops an execution that was not planned; the {@link ExecutionScanner} has it tried again. */
  private void closeIfEmpty(String executionId) {
    ExecutionEntry executionEntry = schedulingState.execution(executionId);
    if (executionEntry != null && executionEntry.tasks.isEmpty()) {
      schedulingState.close(executionEntry);
    }
  }
}
