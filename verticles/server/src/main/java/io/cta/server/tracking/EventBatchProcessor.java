package io.cta.server.tracking;

import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.FailureLogLimiter;
import io.cta.error.ServiceFailure;
import io.cta.server.tasks.TaskWriter;
import io.cta.server.tracking.TaskEvents.PendingFact;
import io.cta.state.AttemptFence;
import io.cta.state.TaskFact;
import io.cta.state.TaskPhase;
import io.cta.state.TransitionOutcome;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes one batch of events: admits them, decides what they do to their tasks, then stores
 * statuses, output and moved tasks with one write. A partition processes one batch at a time. Event
 * loop of its verticle only.
 */
final class EventBatchProcessor {
  private static final Logger log = LoggerFactory.getLogger(EventBatchProcessor.class);

  /** How often the counts of a running task are written; they are only for display. */
  private static final long COUNT_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final FailureLogLimiter failures =
      new FailureLogLimiter("the processing of agents' events");
  private final TaskWriter writer;
  private final CurrentAttemptFilter currentAttemptFilter;
  private final SourceRecorder sourceRecorder;
  private final EventBatchWriter batchWriter;
  private final TaskAggregateCache taskAggregateCache;
  private final TaskCounter taskCounter;
  private final AgentReplySender agentReplySender;
  private final LateStatusCorrection lateStatusCorrection;
  private final MonotonicClock ticker;
  private final Consumer<String> checkLater;

  /**
   * @param checkLater takes the id of a task that must be checked again soon
   */
  EventBatchProcessor(
      TaskWriter writer,
      SourceRecorder sourceRecorder,
      EventBatchWriter batchWriter,
      TaskAggregateCache taskAggregateCache,
      MachineNameCache names,
      AgentReplySender agentReplySender,
      LateStatusCorrection lateStatusCorrection,
      MonotonicClock ticker,
      Consumer<String> checkLater) {
    this.writer = writer;
    this.currentAttemptFilter =
        new CurrentAttemptFilter(writer, names, agentReplySender, lateStatusCorrection);
    this.lateStatusCorrection = lateStatusCorrection;
    this.sourceRecorder = sourceRecorder;
    this.batchWriter = batchWriter;
    this.taskAggregateCache = taskAggregateCache;
    this.taskCounter = new TaskCounter(taskAggregateCache, names);
    this.agentReplySender = agentReplySender;
    this.ticker = ticker;
    this.checkLater = checkLater;
  }

  /** Never fails: an error goes to the caller that waits for the event. */
  Future<Void> process(List<TaskEvents> batch, Instant now) {
    return each(batch, taskEvents -> currentAttemptFilter.admit(taskEvents, now))
        .compose(admitted -> each(admitted, events -> sourceRecorder.record(events, now)))
        .compose(admitted -> recordedFirst(admitted) ? apart(admitted, now) : joint(admitted, now))
        .map(
            moved -> {
              moved.forEach(TaskEvents::succeed);
              if (!moved.isEmpty()) {
                failures.succeeded();
              }
              return null;
            });
  }

  /**
   * True when somebody reads the statuses of this batch from the store before its tasks are moved.
   */
  private boolean recordedFirst(List<TaskEvents> batch) {
    return taskAggregateCache.shared()
        || batch.stream().anyMatch(e -> !e.statuses.isEmpty() && e.expected().state().terminal());
  }

  private Future<List<TaskEvents>> joint(List<TaskEvents> batch, Instant now) {
    return each(batch, taskEvents -> decide(taskEvents, now))
        .compose(decided -> write(decided, ResultRecorder.reported(decided, now)));
  }

  private Future<List<TaskEvents>> apart(List<TaskEvents> batch, Instant now) {
    return batchWriter
        .record(ResultRecorder.reported(batch, now))
        .map(batch)
        .recover(e -> failed(batch, e))
        .compose(recorded -> each(recorded, this::reread))
        .compose(current -> each(current, taskEvents -> decide(taskEvents, now)))
        .compose(decided -> write(decided, ResultRecorder.NOTHING));
  }

  private Future<List<TaskEvents>> write(
      List<TaskEvents> batch, ResultRecorder.PendingResults results) {
    return batchWriter
        .write(batch, results.and(ResultRecorder.substitutes(batch)))
        .map(batch)
        .recover(e -> failed(batch, e))
        .compose(written -> each(written, this::finish));
  }

  private Future<Void> finish(TaskEvents taskEvents) {
    if (taskEvents.move == null) {
      return Future.succeededFuture();
    }
    return (taskEvents.moved == null
            ? Future.succeededFuture(taskEvents.move.outcomes())
            : writer.written(taskEvents.move, taskEvents.moved))
        .map(outcomes -> applied(taskEvents, outcomes));
  }

  /**
   * Reads the task again: another node may have ended the attempt while this one stored its
   * statuses, and have counted without them. From here on the batch uses the task as it was after
   * they were stored.
   */
  private Future<Void> reread(TaskEvents taskEvents) {
    if (!taskAggregateCache.shared() || taskEvents.statuses.isEmpty()) {
      return Future.succeededFuture();
    }
    return writer
        .read(taskEvents.taskId)
        .compose(
            stored -> {
              taskEvents.task = stored.value();
              return AttemptFence.isTakenAway(taskEvents.task)
                  ? LateStatusCorrection.tooEarly(taskEvents.taskId)
                  : Future.succeededFuture();
            });
  }

  /** Applies what the events say to the task, in memory. */
  private Future<Void> decide(TaskEvents taskEvents, Instant now) {
    Task expected = taskEvents.expected();
    if (expected.state().terminal()) {
      Future<Void> counted =
          taskEvents.statuses.isEmpty()
              ? Future.succeededFuture()
              : lateStatusCorrection.of(taskEvents.taskId, now);
      return counted.compose(v -> prepare(taskEvents, taskEvents.facts()));
    }
    boolean ended = TaskPhase.of(expected) == TaskPhase.ENDED;
    if (taskEvents.statuses.isEmpty() && !taskEvents.checkRequested && !ended) {
      return prepare(taskEvents, taskEvents.facts());
    }
    return taskCounter
        .of(taskEvents, expected, now)
        .compose(
            taskAggregate -> {
              List<TaskFact> facts = taskEvents.facts();
              if (ended
                  || taskEvents.checkRequested
                  || taskAggregate.countDue(ticker.nanos(), COUNT_EVERY_NANOS)) {
                taskAggregate.countedAt(ticker.nanos());
                facts.add(taskAggregate.counted(expected, now));
              } else {
                checkLater.accept(taskEvents.taskId);
              }
              return prepare(taskEvents, facts);
            });
  }

  private Future<Void> prepare(TaskEvents taskEvents, List<TaskFact> facts) {
    return facts.isEmpty()
        ? Future.succeededFuture()
        : writer
            .prepare(taskEvents.taskId, facts)
            .map(
                move -> {
                  taskEvents.move = move;
                  return null;
                });
  }

  private Void applied(TaskEvents taskEvents, List<TransitionOutcome> steps) {
    for (int i = 0; i < steps.size(); i++) {
      TransitionOutcome step = steps.get(i);
      PendingFact pendingFact =
          i < taskEvents.pendingFacts.size() ? taskEvents.pendingFacts.get(i) : null;
      if (step instanceof TransitionOutcome.Refused refused) {
        if (pendingFact != null) {
          agentReplySender.refuse(pendingFact.source(), refused.why());
        }
        continue;
      }
      if (step instanceof TransitionOutcome.Moved moved && moved.task().state().terminal()) {
        taskAggregateCache.forget(taskEvents.taskId);
      }
      if (pendingFact != null && pendingFact.request() != null) {
        answer(pendingFact.request());
      }
    }
    return null;
  }

  private void answer(AgentEvent.ConfirmationRequested request) {
    writer
        .get(request.taskId())
        .onSuccess(stored -> agentReplySender.answer(request, stored.value()))
        .onFailure(e -> log.info("not answered [task: {}]", request.taskId(), e));
  }

  private interface BatchStep {
    Future<Void> run(TaskEvents taskEvents);
  }

  /** Runs the step for all tasks and returns those that it succeeded for. */
  private Future<List<TaskEvents>> each(List<TaskEvents> batch, BatchStep step) {
    List<Future<Void>> steps = new ArrayList<>();
    for (TaskEvents taskEvents : batch) {
      steps.add(
          step.run(taskEvents)
              .recover(
                  e -> {
                    failed(taskEvents, e);
                    return Future.succeededFuture();
                  }));
    }
    return Future.join(steps)
        .map(all -> batch.stream().filter(taskEvents -> !taskEvents.failed()).toList());
  }

  /** A write failed: nobody knows what the store has now. Nothing of the batch is left to do. */
  private Future<List<TaskEvents>> failed(List<TaskEvents> batch, Throwable cause) {
    for (TaskEvents taskEvents : batch) {
      writer.forget(taskEvents.taskId);
      failed(taskEvents, cause);
    }
    return Future.succeededFuture(List.of());
  }

  private void failed(TaskEvents taskEvents, Throwable cause) {
    taskAggregateCache.forget(taskEvents.taskId);
    if (ServiceFailure.is(cause, ErrorCode.NOT_FOUND)) {
      log.warn("event of an unknown task [task: {}]", taskEvents.taskId);
    } else {
      log.debug("events not processed [task: {}]", taskEvents.taskId, cause);
      failures.failed(cause);
      if (taskEvents.checkRequested) {
        checkLater.accept(taskEvents.taskId);
      }
    }
    taskEvents.fail(cause);
  }
}
