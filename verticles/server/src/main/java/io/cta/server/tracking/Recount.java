package io.cta.server.tracking;

import io.cta.bus.Consumers;
import io.cta.bus.ExecutionRef;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.Stored;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.Phase;
import io.cta.state.Step;
import io.cta.state.TaskFact;
import io.cta.state.TaskMachine;
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
final class Recount {
  private static final Logger log = LoggerFactory.getLogger(Recount.class);
  private static final int TRIES = 20;
  private static final long TIMEOUT_MS = 10_000;

  private final Vertx vertx;
  private final TaskWriter writer;
  private final Folds folds;
  private final String aggregation;

  /**
   * @param aggregation the address of whoever keeps the executions up to date
   */
  Recount(Vertx vertx, TaskWriter writer, Folds folds, String aggregation) {
    this.vertx = vertx;
    this.writer = writer;
    this.folds = folds;
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
  Future<Void> late(Task task, Arrival.Reported report, Instant now) {
    boolean closing = Phase.of(task) == Phase.ENDED && task.token() == null;
    if (report.attempt() != task.attempt() || !closing && Phase.of(task) != Phase.OVER) {
      return Future.succeededFuture(); // another attempt, or another machine, speaks for the task
    }
    return folds
        .read(task.id())
        .compose(
            fold -> {
              boolean stored =
                  report.batch().statuses().stream()
                      .anyMatch(s -> fold.statuses.has(report.attempt(), s.index()));
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
            stored ->
                stored.value().state().terminal()
                    ? folds.read(taskId).compose(fold -> correct(stored, fold, now, tries))
                    : Future.succeededFuture());
  }

  private Future<Void> correct(Stored<Task> stored, Fold fold, Instant now, int tries) {
    Task task = stored.value();
    TaskFact sum = fold.recounted(task, now);
    if (TaskMachine.apply(task, sum) instanceof Step.Moved moved) {
      log.info(
          "counted again after its end [task: {}] [before: {}] [now: {}]",
          task.id(),
          task.counts(),
          moved.task().counts());
    }
    return writer
        .applyTo(stored, sum)
        .compose(
            settled -> {
              if (settled) {
                return Consumers.<Object>ask(
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
