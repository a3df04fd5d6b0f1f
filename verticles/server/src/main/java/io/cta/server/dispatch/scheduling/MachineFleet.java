package io.cta.server.dispatch.scheduling;

import io.cta.bus.MachineChanged;
import io.cta.domain.Machine;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** All machines, those with a free slot, and the pools of equal criteria. One event loop only. */
public final class MachineFleet {
  private final Map<String, FleetMachine> machines = new HashMap<>();
  private final Map<String, FleetMachine> open = new LinkedHashMap<>();
  private final Map<MachineCriteria, MachinePool> pools = new HashMap<>();
  private final Map<String, Integer> used = new HashMap<>();

  /** The machine, or null when it is unknown. */
  public FleetMachine get(String machineId) {
    return machines.get(machineId);
  }

  /** Those that take tasks and have a free slot. */
  Map<String, FleetMachine> open() {
    return open;
  }

  public Collection<FleetMachine> all() {
    return machines.values();
  }

  /** From the store, at start: what has been announced since is newer. */
  public void load(Machine machine, long version) {
    if (!machines.containsKey(machine.id())) {
      put(machine, version, -1, false);
    }
  }

  /** As announced; answers whether it was online before. */
  public boolean changed(MachineChanged now) {
    FleetMachine known = machines.get(now.machine().id());
    boolean before = known != null && known.online();
    put(now.machine(), now.version(), now.load(), now.leaving());
    return before;
  }

  /** A slot more or less is taken on a machine, known or not. */
  void use(String machineId, int slots) {
    used.merge(machineId, slots, (a, b) -> a + b == 0 ? null : a + b);
    FleetMachine machine = machines.get(machineId);
    if (machine != null) {
      machine.use(slots);
      refresh(machine);
    }
  }

  /** The pool of those criteria, for one user more. */
  /** What is stored of each machine. */
  public Collection<Machine> machines() {
    return machines.values().stream().map(m -> m.machine).toList();
  }

  MachinePool join(MachineCriteria criteria) {
    MachinePool pool = pools.computeIfAbsent(criteria, this::filled);
    pool.users++;
    return pool;
  }

  void leave(MachinePool pool) {
    if (--pool.users == 0) {
      pools.remove(pool.criteria);
    }
  }

  private MachinePool filled(MachineCriteria criteria) {
    MachinePool pool = new MachinePool(criteria);
    machines.values().forEach(pool::place);
    return pool;
  }

  private void put(Machine said, long version, double load, boolean leaving) {
    FleetMachine known = machines.get(said.id());
    // announcements of several nodes may overtake each other
    Machine machine = known != null && known.version > version ? known.machine : said;
    boolean matchesAnew = known == null || !sameTraits(known.machine, machine);
    FleetMachine m = known == null ? unseen(machine) : known;
    m.machine = machine;
    m.version = Math.max(m.version, version);
    m.load = load;
    m.leaving = leaving;
    machines.put(machine.id(), m);
    refresh(m);
    if (matchesAnew) {
      pools.values().forEach(pool -> pool.place(m));
    }
  }

  private FleetMachine unseen(Machine machine) {
    FleetMachine m = new FleetMachine(machine);
    m.use(used.getOrDefault(machine.id(), 0));
    return m;
  }

  private void refresh(FleetMachine m) {
    if (m.open()) {
      open.put(m.id(), m);
    } else {
      open.remove(m.id());
    }
  }

  private static boolean sameTraits(Machine a, Machine b) {
    return a.name().equals(b.name())
        && (a.health() == b.health())
        && a.groups().equals(b.groups())
        && a.labels().equals(b.labels())
        && a.facts().equals(b.facts())
        && a.properties().equals(b.properties());
  }
}
