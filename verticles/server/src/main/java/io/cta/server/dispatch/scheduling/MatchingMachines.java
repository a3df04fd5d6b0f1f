package io.cta.server.dispatch.scheduling;

import io.cta.domain.Machine;
import io.cta.domain.MachinePresence;
import java.util.Collection;
import java.util.List;

/** What planning must know of the machines that match a configuration. */
public interface MatchingMachines {
  int size();

  int online();

  /** All machines, online or not. */
  Collection<Machine> all();

  static MatchingMachines of(Collection<Machine> machines) {
    return new MatchingMachines() {
      @Override
      public int size() {
        return machines.size();
      }

      @Override
      public int online() {
        return (int) machines.stream().filter(MatchingMachines::online).count();
      }

      @Override
      public Collection<Machine> all() {
        return List.copyOf(machines);
      }
    };
  }

  private static boolean online(Machine machine) {
    return machine.presence() == MachinePresence.ONLINE;
  }
}
