package io.cta.agent.outbox;

import io.cta.agent.journal.AttemptEvent;
import io.cta.agent.process.ShellCommand;
import io.cta.domain.ResolvedInput;
import io.cta.json.JsonMapping;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageSource;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.message.SourcesResolved;
import io.cta.message.StatusBatch;
import io.cta.message.StatusReport;
import io.cta.message.TaskEvent;
import io.cta.message.TaskRun;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Builds the messages for an attempt's events. */
final class EventMessages {
  /** Limit for the statuses in one message; brokers refuse messages that are much larger. */
  private static final int MAX_BYTES = 512 * 1024;

  /**
   * A message and how many events it carries.
   *
   * @param tells what it carries, for the log
   * @param last true when it carries the end of the attempt
   */
  record EventMessage(
      String queue, MessageEnvelope envelope, int events, String tells, boolean last) {}

  private final TaskRun run;
  private final String machineId;

  EventMessages(TaskRun run, String machineId) {
    this.run = run;
    this.machineId = machineId;
  }

  /** The message for the oldest events: one event, or as many consecutive statuses as fit. */
  EventMessage of(List<AttemptEvent> oldest) {
    AttemptEvent first = oldest.get(0);
    return switch (first.kind()) {
      case ACKED -> state(MessageTypes.TASK_ACKED, event(null), false);
      case RESOLVED -> state(MessageTypes.SOURCES_RESOLVED, resolved(first.resolved()), false);
      case STARTED -> state(MessageTypes.TASK_STARTED, event(shell()), false);
      case ENDED -> state(MessageTypes.TASK_ENDED, first.ended(), true);
      case STATUS -> statuses(oldest);
    };
  }

  MessageEnvelope envelope(String type, Object payload) {
    return MessageEnvelope.of(type, MessageSource.ofAgent(machineId), payload);
  }

  private TaskEvent event(String shell) {
    return new TaskEvent(
        run.executionId(), run.taskId(), run.attempt(), run.token(), machineId, null, shell);
  }

  private SourcesResolved resolved(List<ResolvedInput> inputs) {
    return new SourcesResolved(
        run.executionId(), run.taskId(), run.attempt(), run.token(), machineId, inputs);
  }

  private String shell() {
    return ShellCommand.named(
        run.tests().stream().flatMap(test -> test.stages().stream()).toList());
  }

  private EventMessage state(String type, Object payload, boolean last) {
    return new EventMessage(QueueNames.STATES, envelope(type, payload), 1, "state: " + type, last);
  }

  private EventMessage statuses(List<AttemptEvent> oldest) {
    List<StatusReport> statuses = new ArrayList<>();
    int size = 0;
    for (AttemptEvent event : oldest) {
      if (event.kind() != AttemptEvent.Kind.STATUS || statuses.size() == StatusBatch.MAX) {
        break;
      }
      size += JsonMapping.encode(event.status()).length();
      if (size > MAX_BYTES && !statuses.isEmpty()) {
        break;
      }
      statuses.add(event.status());
    }
    StatusBatch batch =
        new StatusBatch(
            run.executionId(), run.taskId(), run.attempt(), run.token(), machineId, statuses);
    String indexes =
        statuses.stream().map(s -> String.valueOf(s.index())).collect(Collectors.joining(" "));
    return new EventMessage(
        QueueNames.RESULTS,
        envelope(MessageTypes.STATUSES_REPORTED, batch),
        statuses.size(),
        "statuses: " + indexes,
        false);
  }
}
