package io.cta.server.registration;

import io.cta.domain.Attempt;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.message.AttemptReasons;
import io.cta.state.TaskPhase;

/**
 * The end of an attempt on a machine, as a change of its task shows it.
 *
 * @param infra true when the infrastructure broke, and the machine may be to blame
 * @param finished true when the machine brought it to its end
 */
record AttemptEnd(String machineId, boolean infra, boolean finished) {
  /** The end that this change is, or null when it is none. */
  static AttemptEnd of(Task before, Task now) {
    if (before == null || !begun(before)) {
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
    if (AttemptReasons.FETCH_FAILED.equals(reason)) {
      return new AttemptEnd(machineId, false, false); // says nothing of the machine
    }
    return new AttemptEnd(machineId, infra, !infra && state == State.FINISHED);
  }

  private static boolean begun(Task task) {
    return switch (TaskPhase.of(task)) {
      case RELEASED, ACKED, RUNNING, CANCELLING -> true;
      case WAITING, ENDED, OVER -> false;
    };
  }
}
