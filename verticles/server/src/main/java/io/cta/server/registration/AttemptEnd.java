package io.cta.server.registration;

import io.cta.domain.Attempt;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.message.AttemptReasons;
import io.cta.state.TaskPhase;

/**
 * The end of an attempt on a machine, derived from a change of its task.
 *
 * @param infra true when the infrastructure failed, possibly because of the machine
 * @param finished true when the machine finished the attempt
 */
record AttemptEnd(String machineId, boolean infra, boolean finished) {
  /** The attempt's end that this change means; null when it means none. */
  static AttemptEnd of(Task before, Task now) {
    if (before == null || !isReleased(before)) {
      return null;
    }
    if (TaskPhase.of(now) == TaskPhase.ENDED && now.attempt() == before.attempt()) {
      String machineId = now.machineId() == null ? before.machineId() : now.machineId();
      return end(machineId, now.endInfra(), now.endState(), now.reason());
    }
    for (Attempt a : now.attempts()) {
      if (a.number() == before.attempt()) {
        return end(a.machineId(), a.infra(), a.state(), a.reason());
      }
    }
    return null;
  }

  private static AttemptEnd end(String machineId, boolean infra, State state, String reason) {
    if (machineId == null) {
      return null;
    }
    if (AttemptReasons.FETCH_FAILED.equals(reason) || AttemptReasons.INPUTS_DIFFER.equals(reason)) {
      return new AttemptEnd(machineId, false, false); // not the machine's fault
    }
    return new AttemptEnd(machineId, infra, !infra && state == State.FINISHED);
  }

  private static boolean isReleased(Task task) {
    return switch (TaskPhase.of(task)) {
      case RELEASED, ACKED, RUNNING, CANCELLING -> true;
      case WAITING, ENDED, OVER -> false;
    };
  }
}
