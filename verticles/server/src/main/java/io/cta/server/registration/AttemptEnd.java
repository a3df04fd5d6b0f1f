package io.cta.server.registration;

import io.cta.domain.Attempt;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.state.Phase;

/**
 * The end of an attempt on a machine, as a change of its task shows it.
 *
 * @param infra true when the infrastructure broke
 * @param finished true when the machine brought it to its end
 */
record AttemptEnd(String machineId, boolean infra, boolean finished) {
  /** The end that this change is, or null when it is none. */
  static AttemptEnd of(Task before, Task now) {
    if (before == null || !begun(before)) {
      return null;
    }
    if (Phase.of(now) == Phase.ENDED && now.attempt() == before.attempt()) {
      String machineId = now.machineId() == null ? before.machineId() : now.machineId();
      return end(machineId, now.endInfra(), now.endState());
    }
    for (Attempt a : now.attempts()) {
      if (a.number() == before.attempt()) {
        return end(a.machineId(), a.infra(), a.state());
      }
    }
    return null;
  }

  private static AttemptEnd end(String machineId, boolean infra, State state) {
    return machineId == null
        ? null
        : new AttemptEnd(machineId, infra, !infra && state == State.FINISHED);
  }

  private static boolean begun(Task task) {
    return switch (Phase.of(task)) {
      case RELEASED, ACKED, RUNNING, CANCELLING -> true;
      case WAITING, ENDED, OVER -> false;
    };
  }
}
