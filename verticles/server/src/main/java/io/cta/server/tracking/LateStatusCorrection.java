package io.cta.server.tracking;

import io.cta.bus.BusAdapter;
import io.cta.bus.ExecutionRef;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.CompareAndSetLoop;
import io.cta.server.store.VersionedEntity;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.AttemptFence;
import io.cta.state.TaskFact;
import io.cta.state.TaskPhase;
import io.cta.state.TaskStateMachine;
import io.cta.state.TransitionOutcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts a task again when a status was stored after its end: a report and the end of its attempt
 * may cross, on two nodes or in two queues. What is stored counts. Event loop of its verticle only.
 */
final class LateStatusCorrection {
  private static final Logger log = LoggerFactory.getLogger(LateStatusCorrection.class);
  private static final int MAX_TRIES = 20;
  private static final long TIMEOUT_MILLIS = 10_000;

  private final Vertx vertx;
  private final TaskWriter writer;
  private final TaskAggregateCache taskAggregateCache;
  private final String aggregation;

  /**
   * @param aggregation bus address of the service that updates the executions
   */
  LateStatusCorrection(
      Vertx vertx, TaskWriter writer, TaskAggregateCache taskAggregateCache, String aggregation) {
    this.vertx = vertx;
    this.writer = writer;
    this.taskAggregateCache = taskAggregateCache;
    this.aggregation = aggregation;
  }

  /**
   * Completes once task and execution match what is stored; the task is counted {@value #MAX_TRIES}
   * times at most. Does nothing for a task that has not ended.
   */
  Future<Void> of(String taskId, Instant now) {
    return new CompareAndSetLoop<>("task " + taskId, MAX_TRIES, () -> writer.read(taskId))
        .run(stored -> correct(stored, now))
        .compose(
            ended -> ended.state().terminal() ? updateExecution(ended) : Future.succeededFuture());
  }

  /**
   * Takes a report of an attempt that was taken from its agent: the node that stored it first may
   * have been killed before it counted. Fails with UNAVAILABLE while the attempt's end is still
   * being counted.
   */
  Future<Void> late(Task task, AgentEvent.StatusesReported report, Instant now) {
    if (report.attempt() != task.attempt()
        || !AttemptFence.isTakenAway(task) && TaskPhase.of(task) != TaskPhase.OVER) {
      return Future.succeededFuture(); // the task now belongs to another attempt or another machine
    }
    return taskAggregateCache
        .read(task.id())
        .compose(
            taskAggregate -> {
              boolean anyStored =
                  report.batch().statuses().stream()
                      .anyMatch(s -> taskAggregate.statuses.has(report.attempt(), s.index()));
              if (!anyStored) {
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

  private Future<Optional<Task>> correct(VersionedEntity<Task> stored, Instant now) {
    Task task = stored.value();
    return task.state().terminal()
        ? taskAggregateCache
            .read(task.id())
            .compose(taskAggregate -> correct(stored, taskAggregate.recounted(task, now)))
        : Future.succeededFuture(Optional.of(task));
  }

  private Future<Optional<Task>> correct(VersionedEntity<Task> stored, TaskFact sum) {
    Task task = stored.value();
    if (TaskStateMachine.apply(task, sum) instanceof TransitionOutcome.Moved moved) {
      log.info(
          "counted again after its end [task: {}] [before: {}] [now: {}]",
          task.id(),
          task.counts(),
          moved.task().counts());
    }
    return writer
        .applyTo(stored, sum)
        .map(written -> written ? Optional.of(task) : Optional.<Task>empty());
  }

  private Future<Void> updateExecution(Task task) {
    return BusAdapter.<Object>ask(
            vertx, aggregation, new ExecutionRef(task.executionId()), TIMEOUT_MILLIS)
        .mapEmpty();
  }
}
