package io.cta.state;

import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Something that happened to a task; what {@link TaskStateMachine} takes. Times are the server's.
 */
public sealed interface TaskFact {
  Instant at();

  /** A fact about one attempt; of another one it is refused. */
  sealed interface AttemptFact extends TaskFact {
    int attempt();
  }

  /** What an agent says: the token must be the attempt's, the machine the one that has it. */
  sealed interface AgentFact extends AttemptFact {
    String token();

    String machineId();
  }

  /** Put on a queue as a new attempt; {@code machineId} null when a group queue decides. */
  record Released(String token, String machineId, Instant at) implements TaskFact {}

  /**
   * Taken back from the queue: no agent is known to have it. Its number is not used again, since an
   * agent that cannot be heard may have begun.
   *
   * @param token of the release that is meant: a number that was declined has several
   */
  record Withdrawn(int attempt, String token, String reason, Instant at) implements AttemptFact {}

  /** An agent says that it has not taken it, and why: it was no attempt. */
  record Declined(int attempt, String token, String machineId, String reason, Instant at)
      implements AgentFact {}

  /** Waits on, and why. */
  record Waiting(String reason, Instant at) implements TaskFact {}

  /** In an agent's journal. */
  record Acked(int attempt, String token, String machineId, Instant at) implements AgentFact {}

  /** Its first process starts. */
  record Started(int attempt, String token, String machineId, String shell, Instant at)
      implements AgentFact {
    /** A start of an agent that does not say what runs its scripts. */
    public Started(int attempt, String token, String machineId, Instant at) {
      this(attempt, token, machineId, null, at);
    }
  }

  /** The agent says the attempt is over. */
  record Ended(
      int attempt,
      String token,
      String machineId,
      State state,
      int statusCount,
      boolean infra,
      String reason,
      Instant at,
      String message)
      implements AgentFact {

    /** An end of which the agent says nothing more. */
    public Ended(
        int attempt,
        String token,
        String machineId,
        State state,
        int statusCount,
        boolean infra,
        String reason,
        Instant at) {
      this(attempt, token, machineId, state, statusCount, infra, reason, at, null);
    }
  }

  /** The machine, or the agent's memory of the attempt, is gone: an infrastructure failure. */
  record Lost(int attempt, String reason, Instant at) implements AttemptFact {}

  /**
   * The effective statuses so far.
   *
   * @param received how many of the current attempt its agent has reported
   * @param notOk the result of each test that is not ok, in the task's order
   * @param complete true when something was said of every test, and nothing more is to come that
   *     was not given up and said to be missing; without that no task ends
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

  /** What the statuses of a task that is over come to, as one came after its end. */
  record Recounted(
      int attempt, ResultCounts counts, Result result, Map<String, Result> notOk, Instant at)
      implements AttemptFact {}

  /** Someone wants its end; {@code deadline} is when the agent must have obeyed. */
  record CancelRequested(Instant deadline, Instant at) implements TaskFact {}

  /**
   * Its stored deadline has passed: pending, running, statuses or cancel, by its state.
   *
   * @param deadline the stored one that is meant; when the task has another by now, nothing is due.
   *     Whether it has passed is judged by whoever says so, not by comparing wall times
   */
  record DeadlinePassed(Instant deadline, Instant nextDeadline, Instant at) implements TaskFact {}

  /** The machine came back and had slept: an attempt lost with it has that reason, nobody's. */
  record Suspended(int number, String machineId, Instant at) implements TaskFact {}

  /** Its stored deadline moves, nothing else. */
  record DeadlineMoved(Instant deadline, Instant at) implements TaskFact {}
}
