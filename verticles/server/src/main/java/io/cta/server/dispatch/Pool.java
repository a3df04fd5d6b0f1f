package io.cta.server.dispatch;

import java.util.LinkedHashMap;
import java.util.Map;

/** The machines that match the same criteria, kept up to date while any run needs them. */
final class Pool {
  final Criteria criteria;
  final Map<String, FleetMachine> members = new LinkedHashMap<>();
  int users;

  Pool(Criteria criteria) {
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
