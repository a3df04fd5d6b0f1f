package io.cta.server.tracking;

import io.cta.bus.BusAdapter;
import io.cta.bus.ExecutionRef;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.VersionedEntity;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.TaskFact;
import io.cta.state.TaskPhase;
import io.cta.state.TaskStateMachine;
import io.cta.state.TransitionOutcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts a task that is over once more when a status was stored after its end: a report and the end
 * of its attempt may cross, on two nodes or in two queues. What is stored then counts. Event loop
 * of its verticle only.
 */
final class LateStatusCorrection {
  private static final Logger log = LoggerFactory.getLogger(LateStatusCorrection.class);
  private static final int TRIES = 20;
  private static final long TIMEOUT_MS = 10_000;

  private final Vertx vertx;
  private final TaskWriter writer;
  private final TaskAggregateCache taskAggregateCache;
  private final String aggregation;

  /**
   * @param aggregation the address of whoever keeps the executions up to date
   */
  LateStatusCorrection(
      Vertx vertx, TaskWriter writer, TaskAggregateCache taskAggregateCache, String aggregation) {
    this.vertx = vertx;
    this.writer = writer;
    this.taskAggregateCache = taskAggregateCache;
    this.aggregation = aggregation;
  }

  /** Completes once task and execution say what is stored. Of a task under way, does nothing. */
  Future<Void> of(String taskId, Instant now) {
    return of(taskId, now, TRIES);
  }

  /**
   * A report of an attempt that was taken from its agent: whoever stored it first may have been
   * killed before it counted. Fails with UNAVAILABLE while the attempt's end is still being
   * counted.
   */
  Future<Void> late(Task task, AgentEvent.StatusesReported report, Instant now) {
    boolean closing = TaskPhase.of(task) == TaskPhase.ENDED && task.token() == null;
    if (report.attempt() != task.attempt() || !closing && TaskPhase.of(task) != TaskPhase.OVER) {
      return Future.succeededFuture(); // another attempt, or another machine, speaks for the task
    }
    return taskAggregateCache
        .read(task.id())
        .compose(
            taskAggregate -> {
              boolean stored =
                  report.batch().statuses().stream()
                      .anyMatch(s -> taskAggregate.statuses.has(report.attempt(), s.index()));
              if (!stored) {
                return Future.succeededFuture();
              }
              return task.state().terminal() ? of(task.id(), now) : tooEarly(task.id());
            });
  }

  static <T> Future<T> tooEarly(String taskId) {
    return Future.failedFuture(
        new ServiceFailure(
            ErrorCode.UNAVAILABLE, "the end of task " + taskId + " is being counted"));
  }

  private Future<Void> of(String taskId, Instant now, int tries) {
    return writer
        .read(taskId)
        .compose(
            versionedEntity ->
                versionedEntity.value().state().terminal()
                    ? taskAggregateCache
                        .read(taskId)
                        .compose(
                            taskAggregate -> correct(versionedEntity, taskAggregate, now, tries))
                    : Future.succeededFuture());
  }

  private Future<Void> correct(
      VersionedEntity<Task> versionedEntity, TaskAggregate taskAggregate, Instant now, int tries) {
    Task task = versionedEntity.value();
    TaskFact sum = taskAggregate.recounted(task, now);
    if (TaskStateMachine.apply(task, sum) instanceof TransitionOutcome.Moved moved) {
      log.info(
          "counted again after its end [task: {}] [before: {}] [now: {}]",
          task.id(),
          task.counts(),
          moved.task().counts());
    }
    return writer
        .applyTo(versionedEntity, sum)
        .compose(
            settled -> {
              if (settled) {
                return BusAdapter.<Object>ask(
                        vertx, aggregation, new ExecutionRef(task.executionId()), TIMEOUT_MS)
                    .mapEmpty();
              }
              return tries > 1
                  ? of(task.id(), now, tries - 1)
                  : Future.failedFuture(
                      new ServiceFailure(
                          ErrorCode.CONFLICT, "task " + task.id() + " is contended"));
            });
  }
}
