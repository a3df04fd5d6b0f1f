package io.cta.server.tracking;

import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.FailureLogLimiter;
import io.cta.error.ServiceFailure;
import io.cta.server.tasks.TaskWriter;
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
 * One pass over what has come: admit, store statuses and output with one write, then move each task
 * with one write. Only one pass of a partition is under way at a time. Event loop of its verticle
 * only.
 */
final class EventBatchProcessor {
  private static final Logger log = LoggerFactory.getLogger(EventBatchProcessor.class);

  /** Counts of a running task are for people; so often they see new ones. */
  private static final long COUNT_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final FailureLogLimiter failures =
      new FailureLogLimiter("the processing of agents' events");
  private final TaskWriter writer;
  private final CurrentAttemptFilter currentAttemptFilter;
  private final ResultRecorder resultRecorder;
  private final TaskAggregateCache taskAggregateCache;
  private final TaskCounter taskCounter;
  private final AgentReplySender agentReplySender;
  private final LateStatusCorrection lateStatusCorrection;
  private final MonotonicClock ticker;
  private final Consumer<String> later;

  /**
   * @param later takes the id of a task that must be looked at again soon
   */
  EventBatchProcessor(
      TaskWriter writer,
      ResultRecorder resultRecorder,
      TaskAggregateCache taskAggregateCache,
      MachineNameCache names,
      AgentReplySender agentReplySender,
      LateStatusCorrection lateStatusCorrection,
      MonotonicClock ticker,
      Consumer<String> later) {
    this.writer = writer;
    this.currentAttemptFilter =
        new CurrentAttemptFilter(writer, names, agentReplySender, lateStatusCorrection);
    this.lateStatusCorrection = lateStatusCorrection;
    this.resultRecorder = resultRecorder;
    this.taskAggregateCache = taskAggregateCache;
    this.taskCounter = new TaskCounter(taskAggregateCache, resultRecorder, names);
    this.agentReplySender = agentReplySender;
    this.ticker = ticker;
    this.later = later;
  }

  /** Never fails: what goes wrong is said to whoever waits for the event. */
  Future<Void> work(List<TaskEvents> visits, Instant now) {
    return each(visits, taskEvents -> currentAttemptFilter.admit(taskEvents, now))
        .compose(admitted -> recorded(admitted, now))
        .compose(recorded -> each(recorded, this::lookAgain))
        .compose(certain -> each(certain, taskEvents -> move(taskEvents, now)))
        .map(
            moved -> {
              moved.forEach(TaskEvents::succeed);
              if (!moved.isEmpty()) {
                failures.succeeded();
              }
              return null;
            });
  }

  private Future<List<TaskEvents>> recorded(List<TaskEvents> visits, Instant now) {
    return resultRecorder
        .record(visits, now)
        .map(visits)
        .recover(
            e -> {
              visits.forEach(taskEvents -> failed(taskEvents, e));
              return Future.succeededFuture(List.of());
            });
  }

  /**
   * Another node may have ended the attempt while this one stored its statuses, and have counted
   * without them. From here on the visit knows the task as it was after they were stored.
   */
  private Future<Void> lookAgain(TaskEvents taskEvents) {
    if (!taskAggregateCache.shared() || taskEvents.statuses.isEmpty()) {
      return Future.succeededFuture();
    }
    return writer
        .read(taskEvents.taskId)
        .compose(
            versionedEntity -> {
              taskEvents.task = versionedEntity.value();
              boolean taken =
                  taskEvents.task.token() == null
                      && TaskPhase.of(taskEvents.task) == TaskPhase.ENDED;
              return taken
                  ? LateStatusCorrection.tooEarly(taskEvents.taskId)
                  : Future.succeededFuture();
            });
  }

  private Future<Void> move(TaskEvents taskEvents, Instant now) {
    Task expected = taskEvents.expected();
    if (expected.state().terminal()) {
      Future<Void> counted =
          taskEvents.statuses.isEmpty()
              ? Future.succeededFuture()
              : lateStatusCorrection.of(taskEvents.taskId, now);
      return counted.compose(v -> write(taskEvents, taskEvents.facts()));
    }
    boolean ended = TaskPhase.of(expected) == TaskPhase.ENDED;
    if (taskEvents.statuses.isEmpty() && !taskEvents.looked && !ended) {
      return write(taskEvents, taskEvents.facts());
    }
    return taskCounter
        .of(taskEvents, expected, now)
        .compose(
            taskAggregate -> {
              List<TaskFact> facts = taskEvents.facts();
              if (ended
                  || taskEvents.looked
                  || taskAggregate.countDue(ticker.nanos(), COUNT_EVERY_NANOS)) {
                taskAggregate.countedAt(ticker.nanos());
                facts.add(taskAggregate.counted(expected, now));
              } else {
                later.accept(taskEvents.taskId);
              }
              return write(taskEvents, facts);
            });
  }

  private Future<Void> write(TaskEvents taskEvents, List<TaskFact> facts) {
    if (facts.isEmpty()) {
      return Future.succeededFuture();
    }
    return writer.apply(taskEvents.taskId, facts).map(steps -> applied(taskEvents, steps));
  }

  private Void applied(TaskEvents taskEvents, List<TransitionOutcome> steps) {
    for (int i = 0; i < steps.size(); i++) {
      TransitionOutcome step = steps.get(i);
      if (step instanceof TransitionOutcome.Refused refused && i < taskEvents.words.size()) {
        agentReplySender.refuse(taskEvents.words.get(i).delivery().arrival(), refused.why());
      } else if (step instanceof TransitionOutcome.Moved moved && moved.task().state().terminal()) {
        taskAggregateCache.forget(taskEvents.taskId);
      }
      if (i < taskEvents.words.size()
          && taskEvents.words.get(i).delivery().arrival()
              instanceof AgentEvent.ConfirmationRequested confirmationRequested
          && !(step instanceof TransitionOutcome.Refused)) {
        answer(confirmationRequested);
      }
    }
    return null;
  }

  private void answer(AgentEvent.ConfirmationRequested confirmationRequested) {
    writer
        .get(confirmationRequested.taskId())
        .onSuccess(
            versionedEntity ->
                agentReplySender.answer(confirmationRequested, versionedEntity.value()))
        .onFailure(e -> log.info("not answered [task: {}]", confirmationRequested.taskId(), e));
  }

  private interface BatchStep {
    Future<Void> of(TaskEvents taskEvents);
  }

  /** Does the part for all and answers those that it succeeded for. */
  private Future<List<TaskEvents>> each(List<TaskEvents> visits, BatchStep batchStep) {
    List<Future<Void>> parts = new ArrayList<>();
    for (TaskEvents taskEvents : visits) {
      parts.add(
          batchStep
              .of(taskEvents)
              .recover(
                  e -> {
                    failed(taskEvents, e);
                    return Future.succeededFuture();
                  }));
    }
    return Future.join(parts)
        .map(all -> visits.stream().filter(taskEvents -> !taskEvents.failed()).toList());
  }

  private void failed(TaskEvents taskEvents, Throwable cause) {
    taskAggregateCache.forget(taskEvents.taskId);
    if (cause instanceof ServiceFailure known && known.code() == ErrorCode.NOT_FOUND) {
      log.warn("event of an unknown task [task: {}]", taskEvents.taskId);
    } else {
      log.debug("events not processed [task: {}]", taskEvents.taskId, cause);
      failures.failed(cause);
      if (taskEvents.looked) {
        later.accept(taskEvents.taskId);
      }
    }
    taskEvents.fail(cause);
  }
}
