package io.cta.server.dispatch;

import io.cta.domain.AttemptRef;
import io.cta.domain.Task;
import io.cta.message.MessageTypes;
import io.cta.message.TaskCancel;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.SpecRepository;
import io.cta.server.store.StateFilters;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.TaskFact;
import io.cta.state.TaskPhase;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends tasks that people cancelled or whose time is over. Each method may be repeated. */
final class TaskCanceller {
  private static final Logger log = LoggerFactory.getLogger(TaskCanceller.class);
  private static final int PAGE = 500;

  private final StoreRepositories stores;
  private final TaskWriter writer;
  private final SpecRepository specs;
  private final MachineQueues machines;
  private final DispatchSettings settings;
  private final Clock clock;

  TaskCanceller(
      StoreRepositories stores,
      TaskWriter writer,
      SpecRepository specs,
      MachineQueues machines,
      DispatchSettings settings,
      Clock clock) {
    this.stores = stores;
    this.writer = writer;
    this.specs = specs;
    this.machines = machines;
    this.settings = settings;
    this.clock = clock;
  }

  /** Cancels every task of an execution that is not over, and tells the machines that have one. */
  Future<Void> cancel(String executionId) {
    return each(executionId, this::cancel)
        .onFailure(e -> log.warn("cancel not carried out [execution: {}]", executionId, e));
  }

  /** Ends every task of an execution whose running time is over. */
  Future<Void> timeOut(String executionId) {
    return each(
        executionId,
        task ->
            switch (TaskPhase.of(task)) {
              case WAITING, RELEASED, ACKED, RUNNING -> timeOut(task, true);
              case CANCELLING, ENDED, OVER -> Future.succeededFuture(); // ends by its own deadline
            });
  }

  /**
   * Ends a task as timed out: at once when no agent has it, else by telling its agent.
   *
   * @param task as it was when its time was over; if its deadline has changed since, it goes on
   * @param early true when not the task's own deadline has passed but that of its execution
   */
  Future<Void> timeOut(Task task, boolean early) {
    return obeyedBy(task)
        .compose(
            obeyed -> {
              Instant now = clock.instant();
              List<TaskFact> facts =
                  early
                      ? List.of(
                          new TaskFact.DeadlineMoved(now, now),
                          new TaskFact.DeadlinePassed(now, obeyed, now))
                      : List.of(new TaskFact.DeadlinePassed(task.deadline(), obeyed, now));
              return writer.apply(task.id(), facts).compose(v -> tell(task, true));
            });
  }

  /** Tells the machine of a cancelled task once more to stop it. */
  Future<Void> repeat(Task task) {
    return tell(task, false);
  }

  private Future<Void> cancel(Task task) {
    return obeyedBy(task)
        .compose(
            obeyed ->
                writer.apply(task.id(), new TaskFact.CancelRequested(obeyed, clock.instant())))
        .compose(v -> tell(task, false));
  }

  /**
   * Tells the machine that has the task now, or that may be taking it from its queue just now.
   *
   * @param before the task as it was before it was cancelled
   */
  private Future<Void> tell(Task before, boolean timeout) {
    return writer
        .get(before.id())
        .compose(
            versionedEntity -> {
              Task task = versionedEntity.value();
              if (TaskPhase.of(task) == TaskPhase.CANCELLING) {
                return send(task, false, timeout || task.reason() != null);
              }
              return TaskPhase.of(before) == TaskPhase.RELEASED
                      && TaskPhase.of(task) == TaskPhase.ENDED
                  ? send(before, true, timeout)
                  : Future.succeededFuture();
            });
  }

  private Future<Void> send(Task task, boolean stale, boolean timeout) {
    if (task.machineId() == null) {
      return Future
          .succeededFuture(); // the machine that pulls it from the group queue will be refused
    }
    String reason = timeout ? "timeout" : "cancelled";
    TaskCancel cancel = TaskCancel.of(AttemptRef.of(task), stale, timeout, reason);
    return machines
        .send(task.machineId(), MessageTypes.TASK_CANCEL, cancel)
        .onFailure(e -> log.warn("machine not told to stop [task: {}]", task.id(), e));
  }

  private Future<Instant> obeyedBy(Task task) {
    Instant soon = clock.instant().plus(settings.obey());
    TaskPhase phase = TaskPhase.of(task);
    if (phase != TaskPhase.ACKED && phase != TaskPhase.RUNNING) {
      return Future.succeededFuture(soon);
    }
    return specs
        .get(task.executionId())
        .map(spec -> soon.plus(TaskCommands.stopTime(task, spec.snapshot())))
        .otherwise(soon);
  }

  private Future<Void> each(String executionId, Function<Task, Future<Void>> action) {
    DocumentFilter active = StateFilters.andActive(DocumentFilter.eq("executionId", executionId));
    return stores.tasks.pages(
        DocumentQuery.of(StoreCollections.TASKS, active, PAGE),
        page ->
            Future.join(page.stream().map(found -> action.apply(found.value())).toList())
                .mapEmpty());
  }
}
