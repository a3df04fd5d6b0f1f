package io.cta.server.dispatch.scheduling;

import java.util.LinkedHashMap;
import java.util.Map;

/** The machines that match the same criteria, kept up to date while any run needs them. */
public final class MachinePool {
  final MachineCriteria criteria;
  public final Map<String, FleetMachine> members = new LinkedHashMap<>();
  int users;

  MachinePool(MachineCriteria criteria) {
    this.criteria = criteria;
  }

  /** Adds or removes a machine as it now matches. */
  void place(FleetMachine machine) {
    if (MachineMatcher.matches(criteria, machine.machine)) {
      members.put(machine.id(), machine);
    } else {
      members.remove(machine.id());
    }
  }

  long online() {
    return members.values().stream().filter(FleetMachine::online).count();
  }
}
