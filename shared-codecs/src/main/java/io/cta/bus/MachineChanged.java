package io.cta.bus;

import io.cta.domain.Health;
import io.cta.domain.Machine;

/**
 * A machine as it now is.
 *
 * @param version of its document
 * @param load system load in the last heartbeat, −1 when unknown
 * @param diskFree bytes, −1 when unknown
 * @param leaving true when its agent takes no more tasks
 */
public record MachineChanged(
    Machine machine, long version, double load, long diskFree, boolean leaving) {
  /** The health note of a machine that was deleted from the store; its health is then retired. */
  public static final String DELETED = "deleted";

  /**
   * Whether the machine was deleted from the store. Checks the health too, because people may write
   * the same note.
   */
  public boolean deleted() {
    return machine.health() == Health.RETIRED && DELETED.equals(machine.healthNote());
  }
}
