package io.cta.server.tracking;

import io.cta.domain.Task;
import io.cta.state.TaskPhase;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/** Brings the fold of a visited task up to its count. Event loop of its verticle only. */
final class TaskCounter {
  private final TaskAggregateCache taskAggregateCache;
  private final ResultRecorder resultRecorder;
  private final MachineNameCache names;

  TaskCounter(
      TaskAggregateCache taskAggregateCache,
      ResultRecorder resultRecorder,
      MachineNameCache names) {
    this.taskAggregateCache = taskAggregateCache;
    this.resultRecorder = resultRecorder;
    this.names = names;
  }

  /**
   * The fold with what the visit brought, and, when the task is about to be over, with the server's
   * own statuses for what nobody spoke of; those are stored by then.
   *
   * @param task as it will be once the visit's words are applied
   */
  Future<TaskAggregate> of(TaskEvents taskEvents, Task task, Instant now) {
    return certain(taskEvents, task)
        .compose(
            taskAggregate -> {
              taskEvents.statuses.forEach(taskAggregate.statuses::add);
              return fill(task, taskAggregate, now).map(taskAggregate);
            });
  }

  /**
   * Before an attempt is closed without all of its statuses the store is asked for them; where
   * others store statuses of the task too, in any case.
   */
  private Future<TaskAggregate> certain(TaskEvents taskEvents, Task task) {
    boolean closing = TaskPhase.of(task) == TaskPhase.ENDED;
    if (closing && taskAggregateCache.shared()) {
      return anew(taskEvents);
    }
    return taskAggregateCache
        .get(taskEvents.taskId)
        .compose(
            taskAggregate -> {
              boolean whole = taskAggregate.arrived(task) && task.token() != null;
              return closing && taskEvents.looked && !whole
                  ? anew(taskEvents)
                  : Future.succeededFuture(taskAggregate);
            });
  }

  private Future<TaskAggregate> anew(TaskEvents taskEvents) {
    taskAggregateCache.forget(taskEvents.taskId);
    return taskAggregateCache.get(taskEvents.taskId);
  }

  private Future<Void> fill(Task task, TaskAggregate taskAggregate, Instant now) {
    if (!taskAggregate.closing(task)) {
      return Future.succeededFuture();
    }
    List<String> missing = taskAggregate.missing(task);
    List<String> interrupted = taskAggregate.interrupted(task);
    if (missing.isEmpty() && interrupted.isEmpty()) {
      return Future.succeededFuture();
    }
    return names
        .get(task.machineId())
        .map(name -> new SubstituteStatuses(task, name, now).of(missing, interrupted))
        .compose(
            standIns -> {
              standIns.forEach(taskAggregate.statuses::add);
              return resultRecorder.record(standIns);
            });
  }
}
