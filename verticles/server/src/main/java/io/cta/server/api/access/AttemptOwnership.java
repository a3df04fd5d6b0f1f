package io.cta.server.api.access;

import io.cta.domain.AttemptRef;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.security.TokenText;

/** Decides whether a machine may speak for an attempt. Pure. */
public final class AttemptOwnership {
  private AttemptOwnership() {}

  /**
   * Throws CONFLICT unless the machine has the current attempt. Of a group's queue any may take it:
   * only the fencing token, which came with the attempt, says that it did, until it has reported
   * that.
   */
  public static void require(String machineId, Task task, AttemptRef attempt) {
    boolean current =
        (task.machineId() == null || task.machineId().equals(machineId))
            && !task.state().terminal()
            && task.attempt() == attempt.attempt()
            && task.token() != null
            && TokenText.same(task.token(), attempt.token());
    if (!current) {
      throw new ServiceFailure(ErrorCode.CONFLICT, "this is not an attempt that this machine runs");
    }
  }
}
