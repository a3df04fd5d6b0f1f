package io.cta.server.tracking;

import io.cta.domain.Task;
import io.cta.error.ServiceFailure;
import io.cta.message.StatusReport;
import io.cta.server.tasks.TaskWriter;
import io.cta.server.tracking.TaskEvents.PendingEvent;
import io.cta.server.tracking.TaskEvents.PendingFact;
import io.cta.state.AttemptFence;
import io.cta.state.TaskFact;
import io.cta.state.TaskPhase;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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
    if (!agentEvent.executionId().equals(taskEvents.task.executionId())) {
      pendingEvent.settled().fail(ServiceFailure.invalid("executionId", "is not that of the task"));
      return Future.succeededFuture();
    }
    return agentEvent.accept(new EventSorter(taskEvents, pendingEvent.settled(), now));
  }

  private static boolean current(Task task, AgentEvent a) {
    return AttemptFence.isCurrent(task, a.ref(), a.machineId());
  }

  /** Puts the parts of one event into the lists of its task. */
  private final class EventSorter implements AgentEventVisitor<Future<Void>> {
    private final TaskEvents taskEvents;
    private final Promise<Void> settled;
    private final Instant now;

    EventSorter(TaskEvents taskEvents, Promise<Void> settled, Instant now) {
      this.taskEvents = taskEvents;
      this.settled = settled;
      this.now = now;
    }

    /** Takes the event whatever its attempt: the state machine refuses that of another. */
    @Override
    public Future<Void> stateReported(AgentEvent.StateReported event) {
      return add(event, event.fact().apply(now), null);
    }

    @Override
    public Future<Void> confirmationRequested(AgentEvent.ConfirmationRequested event) {
      return add(event, event.acked(now), event);
    }

    @Override
    public Future<Void> sourcesReported(AgentEvent.SourcesReported event) {
      if (!current(taskEvents.task, event)) {
        return refused(event, Future.succeededFuture());
      }
      taskEvents.sources = event;
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> declined(AgentEvent.Declined event) {
      Task task = taskEvents.task;
      if (!current(task, event) || TaskPhase.of(taskEvents.expected()) != TaskPhase.RELEASED) {
        return Future.succeededFuture();
      }
      String reason = event.reason() == null ? "declined" : event.reason();
      return add(
          event,
          new TaskFact.Declined(task.attempt(), task.token(), event.machineId(), reason, now),
          null);
    }

    @Override
    public Future<Void> statusesReported(AgentEvent.StatusesReported event) {
      if (!current(taskEvents.task, event)) {
        return refused(event, lateStatusCorrection.late(taskEvents.task, event, now));
      }
      Optional<ServiceFailure> fault = unknownTest(event);
      if (fault.isPresent()) {
        settled.fail(fault.get());
        return Future.succeededFuture();
      }
      return names
          .get(event.machineId())
          .map(
              name -> {
                taskEvents.statuses.addAll(StatusMapper.of(event, name, now));
                return null;
              });
    }

    @Override
    public Future<Void> outputWritten(AgentEvent.OutputWritten event) {
      if (!current(taskEvents.task, event)) {
        return refused(event, Future.succeededFuture());
      }
      taskEvents.outputs.add(event.log());
      return Future.succeededFuture();
    }

    private Future<Void> add(
        AgentEvent event, TaskFact fact, AgentEvent.ConfirmationRequested request) {
      taskEvents.pendingFacts.add(new PendingFact(event, fact, request));
      return Future.succeededFuture();
    }

    private Future<Void> refused(AgentEvent event, Future<Void> counted) {
      agentReplySender.refuse(event, "the attempt is no longer the task's own");
      return counted.transform(
          done -> {
            settled.handle(done);
            return Future.succeededFuture();
          });
    }

    private Optional<ServiceFailure> unknownTest(AgentEvent.StatusesReported event) {
      List<String> known = taskEvents.task.testIds();
      List<StatusReport> statuses = event.batch().statuses();
      for (int i = 0; i < statuses.size(); i++) {
        String testId = statuses.get(i).testId();
        if (!known.contains(testId)) {
          String field = "statuses[" + i + "].testId";
          return Optional.of(ServiceFailure.invalid(field, "is no test of the task: " + testId));
        }
      }
      return Optional.empty();
    }
  }
}
