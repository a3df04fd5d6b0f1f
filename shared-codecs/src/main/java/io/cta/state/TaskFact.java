package io.cta.state;

import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Something that happened to a task; the input of {@link TaskStateMachine}. Times are the server's.
 */
public sealed interface TaskFact {
  Instant at();

  /** A fact about one attempt; refused when another is the current one. */
  sealed interface AttemptFact extends TaskFact {
    int attempt();
  }

  /**
   * A report from an agent; refused unless the token is the attempt's and the machine the one that
   * has the task.
   */
  sealed interface AgentFact extends AttemptFact {
    String token();

    String machineId();
  }

  /**
   * The task was put on a queue as a new attempt; {@code machineId} is null on a group queue, which
   * decides the machine.
   */
  record Released(String token, String machineId, Instant at) implements TaskFact {}

  /**
   * The task was taken back from the queue: no agent is known to have it. The attempt's number is
   * not used again, because an agent that cannot be heard may have started it.
   *
   * @param token of the withdrawn release: an attempt number that was declined has several releases
   */
  record Withdrawn(int attempt, String token, String reason, Instant at) implements AttemptFact {}

  /** An agent reports that it did not take the task, and why: this was no attempt. */
  record Declined(int attempt, String token, String machineId, String reason, Instant at)
      implements AgentFact {}

  /** The task keeps waiting, and why. */
  record Waiting(String reason, Instant at) implements TaskFact {}

  /** The task is in an agent's journal. */
  record Acked(int attempt, String token, String machineId, Instant at) implements AgentFact {}

  /** The attempt's first process starts. */
  record Started(int attempt, String token, String machineId, String shell, Instant at)
      implements AgentFact {
    /** A start that does not say what runs the scripts. */
    public Started(int attempt, String token, String machineId, Instant at) {
      this(attempt, token, machineId, null, at);
    }
  }

  /** The agent reports that the attempt is over. */
  record Ended(
      int attempt,
      String token,
      String machineId,
      State state,
      int statusCount,
      boolean infra,
      String reason,
      Instant at,
      String message,
      List<String> warnings)
      implements AgentFact {

    /** An end without a message and without warnings. */
    public Ended(
        int attempt,
        String token,
        String machineId,
        State state,
        int statusCount,
        boolean infra,
        String reason,
        Instant at) {
      this(attempt, token, machineId, state, statusCount, infra, reason, at, null, List.of());
    }
  }

  /** The machine, or the agent's record of the attempt, is gone: an infrastructure failure. */
  record Lost(int attempt, String reason, Instant at) implements AttemptFact {}

  /**
   * The effective statuses so far.
   *
   * @param received how many of the current attempt its agent has reported
   * @param notOk the result of each test that is not ok, in the task's order
   * @param complete true when every test has a status, and statuses that never came were given up
   *     and reported as missing; no task ends before that
   */
  record Counted(
      int attempt,
      int received,
      boolean complete,
      ResultCounts counts,
      Result result,
      Map<String, Result> notOk,
      Instant at)
      implements AttemptFact {
    /** The tests that failed, in the task's order. */
    public List<String> failedTestIds() {
      return notOk.entrySet().stream()
          .filter(e -> e.getValue() == Result.FAILED)
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  /** The statuses of a task that is over were counted again, because one came after its end. */
  record Recounted(
      int attempt, ResultCounts counts, Result result, Map<String, Result> notOk, Instant at)
      implements AttemptFact {}

  /** Someone asked to cancel the task; {@code deadline} is when the agent must have ended it. */
  record CancelRequested(Instant deadline, Instant at) implements TaskFact {}

  /**
   * The task's stored deadline has passed: that for pending, running, statuses or cancel, by its
   * phase.
   *
   * @param deadline the stored deadline that passed; when the task has another by now, nothing is
   *     due. The reporter decides that it has passed; wall times are not compared here
   */
  record DeadlinePassed(Instant deadline, Instant nextDeadline, Instant at) implements TaskFact {}

  /**
   * The machine came back and had been suspended: that becomes the reason of an attempt lost with
   * it, and nobody is to blame.
   */
  record Suspended(int number, String machineId, Instant at) implements TaskFact {}

  /** The task's stored deadline moves, nothing else. */
  record DeadlineMoved(Instant deadline, Instant at) implements TaskFact {}
}
