package io.cta.bus;

import io.cta.domain.Health;
import io.cta.domain.Machine;

/**
 * A machine as it now is.
 *
 * @param version of its document
 * @param load of the last heartbeat, −1 when unknown
 * @param diskFree bytes, −1 when unknown
 * @param leaving true when its agent takes no more tasks
 */
public record MachineChanged(
    Machine machine, long version, double load, long diskFree, boolean leaving) {
  /** The note on the health, which is retired, of a machine that is in the store no more. */
  public static final String DELETED = "deleted";

  /** Whether it says that the machine is in the store no more; people may write the note, too. */
  public boolean deleted() {
    return machine.health() == Health.RETIRED && DELETED.equals(machine.healthNote());
  }
}
