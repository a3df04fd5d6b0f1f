package io.cta.state;

import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.domain.TaskDecline;
import io.cta.domain.TaskEdit;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** How an attempt starts and progresses. */
final class AttemptStartRules {
  /** How long an agent may take after the ack to fetch inputs, on top of the running time. */
  static final Duration FETCH = Duration.ofSeconds(60);

  /** How long an agent, which enforces the running time itself, may take to report it. */
  static final Duration GRACE = Duration.ofSeconds(10);

  private AttemptStartRules() {}

  static TransitionOutcome released(Task task, TaskFact.Released fact) {
    if (task.bound() && fact.machineId() != null && !fact.machineId().equals(task.machineId())) {
      return new TransitionOutcome.Refused(
          "task "
              + task.id()
              + " is waiting for machine "
              + task.machineId()
              + " and cannot be released to "
              + fact.machineId());
    }
    return moved(
        task.edit()
            .attempt(task.attempt() + 1, fact.token())
            .machineId(task.bound() ? task.machineId() : fact.machineId())
            .releasedAt(fact.at())
            .waitReason(null));
  }

  static TransitionOutcome withdrawn(Task task, TaskFact.Withdrawn fact) {
    return moved(unreleased(task).waitReason(fact.reason()));
  }

  static TransitionOutcome declined(Task task, TaskFact.Declined fact) {
    int before = task.declined() == null ? 0 : task.declined().times();
    return moved(
        unreleased(task)
            .attempt(task.attempt() - 1, null)
            .declined(new TaskDecline(fact.machineId(), fact.reason(), fact.at(), before + 1)));
  }

  static TransitionOutcome waiting(Task task, TaskFact.Waiting fact) {
    if (Objects.equals(task.waitReason(), fact.reason())) {
      return new TransitionOutcome.Ignored("waits for that already");
    }
    return moved(task.edit().waitReason(fact.reason()));
  }

  static TransitionOutcome acked(Task task, TaskFact.Acked fact) {
    return moved(
        taken(task, fact).state(State.ACKED).deadline(fact.at().plus(task.running()).plus(FETCH)));
  }

  static TransitionOutcome started(Task task, TaskFact.Started fact) {
    if (task.state() == State.RUNNING) {
      return new TransitionOutcome.Ignored("the task is already running");
    }
    TaskEdit edit = taken(task, fact).state(State.RUNNING).startedAt(fact.at()).shell(fact.shell());
    if (task.cancelRequestedAt() == null) {
      edit.deadline(fact.at().plus(task.running()).plus(GRACE));
    }
    return moved(edit);
  }

  static TransitionOutcome deadlineMoved(Task task, TaskFact.DeadlineMoved fact) {
    return Objects.equals(task.deadline(), fact.deadline())
        ? new TransitionOutcome.Ignored("has that deadline already")
        : moved(task.edit().deadline(fact.deadline()));
  }

  /**
   * The task as taken by the agent that reports the fact, even when its ack comes late or never.
   */
  static TaskEdit taken(Task task, TaskFact.AgentFact fact) {
    Instant ackedAt = task.ackedAt() == null ? fact.at() : task.ackedAt();
    return task.edit().machineId(fact.machineId()).ackedAt(ackedAt).waitReason(null).declined(null);
  }

  /** The task on no queue and without a token, so that no agent may report on it. */
  static TaskEdit unreleased(Task task) {
    return task.edit()
        .attempt(task.attempt(), null)
        .machineId(task.bound() ? task.machineId() : null)
        .releasedAt(null);
  }

  static TransitionOutcome moved(TaskEdit edit) {
    return new TransitionOutcome.Moved(edit.done());
  }
}
