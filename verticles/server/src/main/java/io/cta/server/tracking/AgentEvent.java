package io.cta.server.tracking;

import io.cta.domain.AttemptRef;
import io.cta.domain.ResolvedInput;
import io.cta.message.LogWritten;
import io.cta.message.StatusBatch;
import io.cta.message.TaskStartRequested;
import io.cta.state.TaskFact;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** An event about one attempt of a task, read and checked. */
sealed interface AgentEvent {
  /** Approximate size of an ordinary document; used to weigh output. */
  int BYTES_PER_DOCUMENT = 1_024;

  String executionId();

  AttemptRef ref();

  default String taskId() {
    return ref().taskId();
  }

  default int attempt() {
    return ref().attempt();
  }

  /** The machine whose agent sent it. */
  String machineId();

  /** The cost of storing it, in documents. */
  default int weight() {
    return 1;
  }

  /** Calls the method for its kind. */
  <T> T accept(AgentEventVisitor<T> visitor);

  /**
   * A change of state; {@code fact} builds the fact, given the time at which the server received
   * it.
   */
  record StateReported(
      String executionId, AttemptRef ref, String machineId, Function<Instant, TaskFact> fact)
      implements AgentEvent {
    @Override
    public <T> T accept(AgentEventVisitor<T> visitor) {
      return visitor.stateReported(this);
    }
  }

  /** The agent has the attempt in its journal and asks whether to start it. */
  record ConfirmationRequested(AttemptRef ref, TaskStartRequested question, String machineId)
      implements AgentEvent {
    TaskFact acked(Instant now) {
      return new TaskFact.Acked(attempt(), ref.token(), machineId, now);
    }

    @Override
    public String executionId() {
      return question.executionId();
    }

    @Override
    public <T> T accept(AgentEventVisitor<T> visitor) {
      return visitor.confirmationRequested(this);
    }
  }

  /** The inputs of the attempt are fetched. */
  record SourcesReported(
      String executionId, AttemptRef ref, List<ResolvedInput> inputs, String machineId)
      implements AgentEvent {
    @Override
    public <T> T accept(AgentEventVisitor<T> visitor) {
      return visitor.sourcesReported(this);
    }
  }

  /** The agent refused the attempt. */
  record Declined(String executionId, AttemptRef ref, String machineId, String reason)
      implements AgentEvent {
    @Override
    public <T> T accept(AgentEventVisitor<T> visitor) {
      return visitor.declined(this);
    }
  }

  /** A batch of test statuses. */
  record StatusesReported(AttemptRef ref, StatusBatch batch, String machineId)
      implements AgentEvent {
    @Override
    public String executionId() {
      return batch.executionId();
    }

    @Override
    public <T> T accept(AgentEventVisitor<T> visitor) {
      return visitor.statusesReported(this);
    }

    @Override
    public int weight() {
      return batch.statuses().size();
    }
  }

  /** A chunk of output. */
  record OutputWritten(AttemptRef ref, LogWritten log, String machineId) implements AgentEvent {
    @Override
    public String executionId() {
      return log.executionId();
    }

    @Override
    public <T> T accept(AgentEventVisitor<T> visitor) {
      return visitor.outputWritten(this);
    }

    @Override
    public int weight() {
      return 1 + (log.data() == null ? 0 : log.data().length() / BYTES_PER_DOCUMENT);
    }
  }
}
