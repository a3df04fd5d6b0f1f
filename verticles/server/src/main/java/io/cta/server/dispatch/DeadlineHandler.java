package io.cta.server.dispatch;

import io.cta.bus.EventOrigin;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.RunMode;
import io.cta.domain.Task;
import io.cta.server.dispatch.scheduling.ExecutionEntry;
import io.cta.server.dispatch.scheduling.SchedulingState;
import io.cta.server.store.StoreRepositories;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.TaskFact;
import io.cta.state.TaskPhase;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends tasks and executions whose time is over. Event loop of its verticle only. */
final class DeadlineHandler {
  private static final Logger log = LoggerFactory.getLogger(DeadlineHandler.class);

  /** Deadlines that are written anew at the same time. */
  private static final int PAGE = 500;

  private final StoreRepositories stores;
  private final TaskWriter writer;
  private final TaskCanceller taskCanceller;
  private final SchedulingState schedulingState;
  private final TimeSource time;
  private final DeadlineWatch watch;
  private final Function<String, Task> taskOf;

  /**
   * @param taskOf finds a task that is not over by its id; null when there is none
   */
  DeadlineHandler(
      StoreRepositories stores,
      TaskWriter writer,
      TaskCanceller taskCanceller,
      SchedulingState schedulingState,
      TimeSource time,
      Duration lease,
      Function<String, Task> taskOf) {
    this.stores = stores;
    this.writer = writer;
    this.taskCanceller = taskCanceller;
    this.schedulingState = schedulingState;
    this.time = time;
    this.watch = new DeadlineWatch(lease);
    this.taskOf = taskOf;
  }

  /**
   * Notes until when a task has time.
   *
   * @param before the task as it was, null when it is new here
   */
  void changed(Task before, Task now, EventOrigin origin) {
    if (before == null && origin == EventOrigin.STORE) {
      watch.loaded(now, time.now(), time.nanos());
    } else {
      watch.changed(before, now, time.nanos());
    }
  }

  /** Forgets an execution all of whose tasks are over. */
  void over(String executionId) {
    watch.over(executionId);
  }

  /**
   * Ends what is due now. Completes once that has been tried; what failed is due again a few
   * seconds later.
   */
  Future<Void> sweep() {
    List<Task> tasks =
        watch.tasksDue(time.nanos()).stream().map(taskOf).filter(t -> t != null).toList();
    List<String> executions = watch.executionsDue(time.nanos());
    return all(tasks.stream().map(t -> tried(task(t))).toList())
        .compose(v -> all(executions.stream().map(id -> tried(execution(id))).toList()));
  }

  /**
   * Stores all deadlines anew after the wall clock was set. People and the next server read them;
   * this server goes by its {@link DeadlineWatch}.
   */
  Future<Void> rewrite() {
    return tried(
        inPages(
                watch.taskIds(),
                id -> {
                  Duration left = watch.left(id, time.nanos());
                  Instant now = time.now();
                  return left == null
                      ? Future.succeededFuture()
                      : writer
                          .apply(id, new TaskFact.DeadlineMoved(now.plus(left), now))
                          .mapEmpty();
                })
            .compose(v -> inPages(watch.executionIds(), this::rewriteExecution)));
  }

  private Future<Void> rewriteExecution(String id) {
    Duration left = watch.executionLeft(id, time.nanos());
    Instant end = left == null ? null : time.now().plus(left);
    return stores
        .executions
        .update(
            id,
            e ->
                end == null || e.state().terminal()
                    ? e
                    : ExecutionBuilder.builder(e).deadline(end).build())
        .mapEmpty();
  }

  private static Future<Void> inPages(List<String> ids, Function<String, Future<Void>> action) {
    List<String> page = ids.subList(0, Math.min(PAGE, ids.size()));
    Future<Void> done = all(page.stream().map(id -> tried(action.apply(id))).toList());
    return page.size() == ids.size()
        ? done
        : done.compose(v -> inPages(ids.subList(page.size(), ids.size()), action));
  }

  private Future<Void> task(Task task) {
    TaskPhase phase = TaskPhase.of(task);
    boolean untaken = phase == TaskPhase.WAITING || phase == TaskPhase.RELEASED;
    Duration left = watch.executionLeft(task.executionId(), time.nanos());
    if (!untaken || task.mode() != RunMode.PARALLEL || left == null || left.isNegative()) {
      return taskCanceller.timeOut(task, false);
    }
    // once a test of a parallel execution has started, the others may wait as long as it has time
    watch.putOff(task.id(), left, time.nanos());
    Instant now = time.now();
    return writer.apply(task.id(), new TaskFact.DeadlineMoved(now.plus(left), now)).mapEmpty();
  }

  private Future<Void> execution(String executionId) {
    ExecutionEntry executionEntry = schedulingState.execution(executionId);
    if (executionEntry != null) {
      executionEntry.stopped = true;
    }
    return stores
        .executions
        .find(executionId)
        .compose(
            found -> {
              if (found.isEmpty() || found.get().value().state().terminal()) {
                watch.over(executionId);
                return Future.succeededFuture();
              }
              return taskCanceller.timeOut(executionId);
            });
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
