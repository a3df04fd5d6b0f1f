package io.cta.server.tracking;

import io.cta.domain.Status;
import io.cta.domain.Task;
import io.cta.error.ServiceFailure;
import io.cta.server.tasks.TaskWriter;
import io.cta.server.tracking.TaskEvents.PendingEvent;
import io.cta.server.tracking.TaskEvents.PendingFact;
import io.cta.state.TaskFact;
import io.cta.state.TaskPhase;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/**
 * Decides which events belong to the task's current attempt. Events of another attempt count as
 * processed, and their agent is told to stop. Event loop of its verticle only.
 */
final class CurrentAttemptFilter {
  private final TaskWriter writer;
  private final MachineNameCache names;
  private final AgentReplySender agentReplySender;
  private final LateStatusCorrection lateStatusCorrection;

  CurrentAttemptFilter(
      TaskWriter writer,
      MachineNameCache names,
      AgentReplySender agentReplySender,
      LateStatusCorrection lateStatusCorrection) {
    this.writer = writer;
    this.names = names;
    this.agentReplySender = agentReplySender;
    this.lateStatusCorrection = lateStatusCorrection;
  }

  /** Sorts a task's events and settles those it refuses. Fails when the task cannot be read. */
  Future<Void> admit(TaskEvents taskEvents, Instant now) {
    return writer
        .get(taskEvents.taskId)
        .compose(
            known ->
                taskEvents.events.stream().allMatch(d -> current(known.value(), d.event()))
                    ? Future.succeededFuture(known)
                    : writer.read(taskEvents.taskId))
        .compose(
            stored -> {
              taskEvents.task = stored.value();
              Future<Void> sorted = Future.succeededFuture();
              for (PendingEvent pendingEvent : taskEvents.events) {
                sorted = sorted.compose(v -> sort(taskEvents, pendingEvent, now));
              }
              return sorted;
            });
  }

  private Future<Void> sort(TaskEvents taskEvents, PendingEvent pendingEvent, Instant now) {
    AgentEvent agentEvent = pendingEvent.event();
    Task task = taskEvents.task;
    if (!agentEvent.executionId().equals(task.executionId())) {
      pendingEvent.settled().fail(ServiceFailure.invalid("executionId", "is not that of the task"));
    } else if (agentEvent instanceof AgentEvent.StateReported stateReported) {
      taskEvents.pendingFacts.add(
          new PendingFact(
              pendingEvent,
              stateReported.fact().apply(now))); // the state machine refuses other attempts
    } else if (agentEvent instanceof AgentEvent.ConfirmationRequested confirmationRequested) {
      taskEvents.pendingFacts.add(new PendingFact(pendingEvent, confirmationRequested.acked(now)));
    } else if (agentEvent instanceof AgentEvent.Declined declined) {
      if (current(task, agentEvent) && TaskPhase.of(taskEvents.expected()) == TaskPhase.RELEASED) {
        String reason = declined.reason() == null ? "declined" : declined.reason();
        TaskFact fact =
            new TaskFact.Declined(task.attempt(), task.token(), declined.machineId(), reason, now);
        taskEvents.pendingFacts.add(new PendingFact(pendingEvent, fact));
      }
    } else if (!current(task, agentEvent)) {
      agentReplySender.refuse(agentEvent, "the attempt is no longer the task's own");
      return refused(taskEvents.task, pendingEvent, now);
    } else if (agentEvent instanceof AgentEvent.StatusesReported statusesReported) {
      return report(taskEvents, pendingEvent, statusesReported, now);
    }
    return Future.succeededFuture();
  }

  private Future<Void> refused(Task task, PendingEvent pendingEvent, Instant now) {
    Future<Void> counted =
        pendingEvent.event() instanceof AgentEvent.StatusesReported report
            ? lateStatusCorrection.late(task, report, now)
            : Future.succeededFuture();
    return counted.transform(
        done -> {
          if (done.succeeded()) {
            pendingEvent.settled().complete();
          } else {
            pendingEvent.settled().fail(done.cause());
          }
          return Future.succeededFuture();
        });
  }

  private Future<Void> report(
      TaskEvents taskEvents,
      PendingEvent pendingEvent,
      AgentEvent.StatusesReported statusesReported,
      Instant now) {
    List<String> known = taskEvents.task.testIds();
    for (int i = 0; i < statusesReported.batch().statuses().size(); i++) {
      String testId = statusesReported.batch().statuses().get(i).testId();
      if (!known.contains(testId)) {
        String field = "statuses[" + i + "].testId";
        pendingEvent
            .settled()
            .fail(ServiceFailure.invalid(field, "is no test of the task: " + testId));
        return Future.succeededFuture();
      }
    }
    return names
        .get(statusesReported.machineId())
        .map(
            name -> {
              List<Status> statuses = StatusMapper.of(statusesReported.batch(), name, now);
              taskEvents.statuses.addAll(statuses);
              return null;
            });
  }

  private static boolean current(Task task, AgentEvent a) {
    return a.attempt() == task.attempt()
        && a.token().equals(task.token())
        && (task.machineId() == null
            || a.machineId() == null
            || a.machineId().equals(task.machineId()));
  }
}
