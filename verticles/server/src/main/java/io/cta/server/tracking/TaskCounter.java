package io.cta.server.tracking;

import io.cta.domain.Task;
import io.cta.state.TaskPhase;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/**
 * Brings the aggregate of a task up to date so that it can be counted. Event loop of its verticle
 * only.
 */
final class TaskCounter {
  private final TaskAggregateCache taskAggregateCache;
  private final MachineNameCache names;

  TaskCounter(TaskAggregateCache taskAggregateCache, MachineNameCache names) {
    this.taskAggregateCache = taskAggregateCache;
    this.names = names;
  }

  /**
   * Returns the aggregate with the batch's statuses and, when the task is about to be over, with
   * the server's own statuses for what nobody reported; the caller stores those with the task.
   *
   * @param task as it will be once the batch's facts are applied
   */
  Future<TaskAggregate> of(TaskEvents taskEvents, Task task, Instant now) {
    return upToDate(taskEvents, task)
        .compose(
            taskAggregate -> {
              taskEvents.statuses.forEach(taskAggregate.statuses::add);
              return fill(taskEvents, task, taskAggregate, now).map(taskAggregate);
            });
  }

  /**
   * Reads the store again before an attempt is closed: always where other nodes store statuses of
   * the task too, otherwise when some may be missing.
   */
  private Future<TaskAggregate> upToDate(TaskEvents taskEvents, Task task) {
    boolean closing = TaskPhase.of(task) == TaskPhase.ENDED;
    if (closing && taskAggregateCache.shared()) {
      return reload(taskEvents);
    }
    return taskAggregateCache
        .get(taskEvents.taskId)
        .compose(
            taskAggregate -> {
              boolean whole = taskAggregate.arrived(task) && task.token() != null;
              return closing && taskEvents.checkRequested && !whole
                  ? reload(taskEvents)
                  : Future.succeededFuture(taskAggregate);
            });
  }

  private Future<TaskAggregate> reload(TaskEvents taskEvents) {
    taskAggregateCache.forget(taskEvents.taskId);
    return taskAggregateCache.get(taskEvents.taskId);
  }

  private Future<Void> fill(
      TaskEvents taskEvents, Task task, TaskAggregate taskAggregate, Instant now) {
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
        .map(
            substitutes -> {
              substitutes.forEach(taskAggregate.statuses::add);
              taskEvents.substitutes.addAll(substitutes);
              return null;
            });
  }
}
