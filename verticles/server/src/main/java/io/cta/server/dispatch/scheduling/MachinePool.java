package io.cta.server.dispatch.scheduling;

import io.cta.domain.Machine;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The machines that match the same criteria, kept up to date while any run needs them. */
public final class MachinePool implements MatchingMachines {
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

  @Override
  public int size() {
    return members.size();
  }

  @Override
  public int online() {
    return (int) members.values().stream().filter(FleetMachine::online).count();
  }

  @Override
  public Collection<Machine> all() {
    return members.values().stream().map(m -> m.machine).toList();
  }
}
