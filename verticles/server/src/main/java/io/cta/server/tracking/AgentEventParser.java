package io.cta.server.tracking;

import io.cta.bus.ReceivedEvent;
import io.cta.error.ServiceFailure;
import io.cta.message.LogBytes;
import io.cta.message.LogWritten;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.SourcesResolved;
import io.cta.message.StatusBatch;
import io.cta.message.StatusReport;
import io.cta.message.TaskEnded;
import io.cta.message.TaskEvent;
import io.cta.message.TaskStartRequested;
import io.cta.state.TaskFact;
import io.cta.text.TextCut;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Parses and checks events from agents; throws INVALID naming the field that is wrong. Nobody else
 * looks at their type.
 */
final class AgentEventParser {
  /** Indexes are kept in a bit set: a huge one must not cost memory. */
  static final int MAX_INDEX = 1_000_000;

  private static final int MAX_WARNINGS = 50;
  private static final int MAX_WARNING = 500;

  /** A suite and those in it may have a hundred each; more than that is no honest list. */
  private static final int MAX_INPUTS = 10_000;

  private AgentEventParser() {}

  static AgentEvent read(ReceivedEvent event) {
    MessageEnvelope envelope = event.envelope();
    String machineId = event.machineId();
    AgentEvent agentEvent =
        switch (envelope.type()) {
          case MessageTypes.TASK_ACKED -> acked(envelope.payloadAs(TaskEvent.class), machineId);
          case MessageTypes.TASK_ASKED ->
              startRequested(envelope.payloadAs(TaskStartRequested.class), machineId);
          case MessageTypes.SOURCES_RESOLVED ->
              sourcesReported(envelope.payloadAs(SourcesResolved.class), machineId);
          case MessageTypes.TASK_STARTED -> started(envelope.payloadAs(TaskEvent.class), machineId);
          case MessageTypes.TASK_ENDED -> ended(envelope.payloadAs(TaskEnded.class), machineId);
          case MessageTypes.TASK_DECLINED ->
              declined(envelope.payloadAs(TaskEvent.class), machineId);
          case MessageTypes.STATUSES_REPORTED ->
              statusesReported(envelope.payloadAs(StatusBatch.class), machineId);
          case MessageTypes.LOG_WRITTEN ->
              logWritten(envelope.payloadAs(LogWritten.class), machineId);
          default -> throw ServiceFailure.invalid("type", "is unknown: " + envelope.type());
        };
    required("executionId", agentEvent.executionId());
    required("taskId", agentEvent.taskId());
    required("token", agentEvent.ref().token());
    return agentEvent;
  }

  private static AgentEvent acked(TaskEvent e, String machineId) {
    return stateReported(
        e, machineId, at -> new TaskFact.Acked(e.attempt(), e.token(), machineId, at));
  }

  private static AgentEvent started(TaskEvent e, String machineId) {
    return stateReported(
        e, machineId, at -> new TaskFact.Started(e.attempt(), e.token(), machineId, e.shell(), at));
  }

  private static AgentEvent stateReported(
      TaskEvent e, String machineId, Function<Instant, TaskFact> fact) {
    return new AgentEvent.StateReported(e.executionId(), e.ref(), machineId, fact);
  }

  private static AgentEvent startRequested(TaskStartRequested question, String machineId) {
    if (question.askedAt() == null) {
      throw ServiceFailure.invalid("askedAt", "is required");
    }
    return new AgentEvent.ConfirmationRequested(question.ref(), question, machineId);
  }

  private static AgentEvent sourcesReported(SourcesResolved sources, String machineId) {
    if (sources.inputs() == null || sources.inputs().size() > MAX_INPUTS) {
      throw ServiceFailure.invalid("inputs", "must be at most " + MAX_INPUTS);
    }
    return new AgentEvent.SourcesReported(
        sources.executionId(), sources.ref(), sources.inputs(), machineId);
  }

  private static AgentEvent declined(TaskEvent e, String machineId) {
    return new AgentEvent.Declined(e.executionId(), e.ref(), machineId, e.reason());
  }

  private static AgentEvent ended(TaskEnded e, String machineId) {
    if (e.state() == null || !e.state().terminal()) {
      throw ServiceFailure.invalid("state", "must be finished, cancelled or timeout");
    }
    if (e.statusCount() < 0 || e.statusCount() > MAX_INDEX) {
      throw ServiceFailure.invalid("statusCount", "must be between 0 and " + MAX_INDEX);
    }
    return new AgentEvent.StateReported(
        e.executionId(),
        e.ref(),
        machineId,
        at ->
            new TaskFact.Ended(
                e.attempt(),
                e.token(),
                machineId,
                e.state(),
                e.statusCount(),
                e.infra(),
                e.reason(),
                at,
                e.message(),
                warnings(e)));
  }

  /** As many and as long as a task can carry. */
  private static List<String> warnings(TaskEnded e) {
    return e.warnings().stream()
        .limit(MAX_WARNINGS)
        .map(text -> TextCut.beginning(text, MAX_WARNING))
        .toList();
  }

  private static AgentEvent statusesReported(StatusBatch batch, String machineId) {
    List<StatusReport> statuses = batch.statuses();
    if (statuses == null || statuses.isEmpty() || statuses.size() > StatusBatch.MAX) {
      throw ServiceFailure.invalid("statuses", "must be 1 to " + StatusBatch.MAX);
    }
    for (int i = 0; i < statuses.size(); i++) {
      StatusReport status = statuses.get(i);
      String field = "statuses[" + i + "]";
      if (status == null) {
        throw ServiceFailure.invalid(field, "is required");
      }
      required(field + ".testId", status.testId());
      if (status.result() == null) {
        throw ServiceFailure.invalid(field + ".result", "is required");
      }
      if (status.index() < 1 || status.index() > MAX_INDEX) {
        throw ServiceFailure.invalid(field + ".index", "must be between 1 and " + MAX_INDEX);
      }
    }
    return new AgentEvent.StatusesReported(batch.ref(), batch, machineId);
  }

  private static AgentEvent logWritten(LogWritten log, String machineId) {
    LogBytes.check(log);
    return new AgentEvent.OutputWritten(log.ref(), log, machineId);
  }

  private static void required(String field, String value) {
    if (value == null || value.isEmpty()) {
      throw ServiceFailure.invalid(field, "is required");
    }
  }
}
