package io.cta.server.tracking;

import io.cta.message.LogWritten;
import io.cta.message.StatusBatch;
import io.cta.message.TaskStartRequested;
import io.cta.state.TaskFact;
import java.time.Instant;
import java.util.function.Function;

/** An event about one attempt of a task, read and checked. */
sealed interface AgentEvent {
  /** Approximate size of an ordinary document; used to weigh output. */
  int BYTES_PER_DOCUMENT = 1_024;

  String executionId();

  String taskId();

  int attempt();

  String token();

  /** The machine whose agent sent it; null where the message does not say. */
  String machineId();

  /** The cost of storing it, in documents. */
  default int weight() {
    return 1;
  }

  /**
   * A change of state; {@code fact} builds the fact, given the time at which the server received
   * it.
   */
  record StateReported(
      String executionId,
      String taskId,
      int attempt,
      String token,
      String machineId,
      Function<Instant, TaskFact> fact)
      implements AgentEvent {}

  /** The agent has the attempt in its journal and asks whether to start it. */
  record ConfirmationRequested(TaskStartRequested question) implements AgentEvent {
    TaskFact acked(Instant now) {
      return new TaskFact.Acked(attempt(), token(), machineId(), now);
    }

    @Override
    public String executionId() {
      return question.executionId();
    }

    @Override
    public String taskId() {
      return question.taskId();
    }

    @Override
    public int attempt() {
      return question.attempt();
    }

    @Override
    public String token() {
      return question.token();
    }

    @Override
    public String machineId() {
      return question.machineId();
    }
  }

  /** The agent refused the attempt. */
  record Declined(
      String executionId, String taskId, int attempt, String token, String machineId, String reason)
      implements AgentEvent {}

  /** A batch of test statuses. */
  record StatusesReported(StatusBatch batch) implements AgentEvent {
    @Override
    public String executionId() {
      return batch.executionId();
    }

    @Override
    public String taskId() {
      return batch.taskId();
    }

    @Override
    public int attempt() {
      return batch.attempt();
    }

    @Override
    public String token() {
      return batch.token();
    }

    @Override
    public String machineId() {
      return batch.machineId();
    }

    @Override
    public int weight() {
      return batch.statuses().size();
    }
  }

  /** A chunk of output. */
  record OutputWritten(LogWritten log, String machineId) implements AgentEvent {
    @Override
    public String executionId() {
      return log.executionId();
    }

    @Override
    public String taskId() {
      return log.taskId();
    }

    @Override
    public int attempt() {
      return log.attempt();
    }

    @Override
    public String token() {
      return log.token();
    }

    @Override
    public int weight() {
      return 1 + (log.data() == null ? 0 : log.data().length() / BYTES_PER_DOCUMENT);
    }
  }
}
