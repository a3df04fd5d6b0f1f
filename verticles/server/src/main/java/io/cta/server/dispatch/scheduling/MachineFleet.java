package io.cta.server.dispatch.scheduling;

import io.cta.bus.MachineChanged;
import io.cta.domain.Machine;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiConsumer;

/** All machines, and the pools of machines that match. Event loop of its verticle only. */
public final class MachineFleet {
  /**
   * What an announcement of a machine has changed.
   *
   * @param online whether the machine was online before
   * @param usable true when a task may go now that could not go before
   */
  public record Change(FleetMachine machine, boolean online, boolean usable) {
    public boolean came() {
      return !online && machine.online();
    }

    public boolean went() {
      return online && !machine.online();
    }
  }

  /**
   * A machine and the ticker time in nanoseconds when its pause was to end; the pause may have been
   * ended or prolonged since.
   */
  private record Pause(FleetMachine machine, long until) {}

  private final Map<String, FleetMachine> machines = new HashMap<>();
  private final Map<String, Integer> used = new HashMap<>();
  private final MachineTraitIndex traits = new MachineTraitIndex();
  private final MachinePoolCache pools = new MachinePoolCache(this::filled);
  private final PriorityQueue<Pause> pauses =
      new PriorityQueue<>((a, b) -> Long.signum(a.until - b.until));
  private final FleetMachine.Observer observer =
      new FleetMachine.Observer() {
        @Override
        public void ranked(FleetMachine machine, MachineRank before) {
          boolean was = before.standing() == MachineStanding.OPEN;
          if (was != isOpen(machine.id())) {
            opened(machine, !was);
          }
          machine.memberships.forEach(member -> member.pool.changed(member));
        }

        @Override
        public void paused(FleetMachine machine, long until) {
          pauses.add(new Pause(machine, until));
        }
      };
  private int open;
  private BiConsumer<String, Boolean> onOpen = (machineId, opens) -> {};

  /**
   * @param listener hears of each machine that opens or is no longer open
   */
  void watch(BiConsumer<String, Boolean> listener) {
    onOpen = listener;
  }

  /** The machine, or null when it is unknown. */
  public FleetMachine get(String machineId) {
    return machines.get(machineId);
  }

  /** Which machines have what a configuration may ask for. */
  public MachineTraitIndex traits() {
    return traits;
  }

  /** True when the machine is known and could take a task now. */
  boolean isOpen(String machineId) {
    FleetMachine machine = machines.get(machineId);
    return machine != null && machine.standing() == MachineStanding.OPEN;
  }

  boolean hasOpen() {
    return open > 0;
  }

  /** Takes in a machine read from the store at the start, unless it was announced since. */
  public void load(Machine machine, long version) {
    if (!machines.containsKey(machine.id())) {
      put(machine, version, -1, false);
    }
  }

  /** Takes in an announced machine. */
  public Change changed(MachineChanged now) {
    FleetMachine known = machines.get(now.machine().id());
    MachineRank before = known == null ? null : known.rank();
    boolean online = known != null && known.online();
    boolean placed = put(now.machine(), now.version(), now.load(), now.leaving());
    FleetMachine machine = machines.get(now.machine().id());
    boolean usable =
        placed || machine.online() != online || machine.standing() != before.standing();
    return new Change(machine, online, usable);
  }

  /** Counts slots as taken, or given back, on a machine that may not be known yet. */
  void use(String machineId, int slots) {
    used.merge(machineId, slots, (a, b) -> a + b == 0 ? null : a + b);
    FleetMachine machine = machines.get(machineId);
    if (machine != null) {
      machine.use(slots);
    }
  }

  /** Ends the pauses whose time is over. */
  public void wake(long nanos) {
    while (!pauses.isEmpty() && nanos - pauses.peek().until >= 0) {
      pauses.poll().machine.rest(nanos);
    }
  }

  /** The pool of these criteria; each call adds a user, who must {@link #leave}. */
  MachinePool join(MachineCriteria criteria) {
    return pools.join(criteria);
  }

  void leave(MachinePool pool) {
    pools.leave(pool);
  }

  private MachinePool filled(MachineCriteria criteria) {
    MachinePool pool = new MachinePool(criteria);
    traits.candidates(criteria).forEach(id -> pool.place(machines.get(id)));
    return pool;
  }

  /** True when the machine may now belong to other pools than before. */
  private boolean put(Machine said, long version, double load, boolean leaving) {
    FleetMachine known = machines.get(said.id());
    Machine before = known == null ? null : known.machine;
    // announcements of several nodes may overtake each other
    Machine machine = known != null && known.version > version ? known.machine : said;
    FleetMachine m = known == null ? unseen(machine) : known;
    m.said(machine, Math.max(m.version, version), load, leaving);
    if (before != null && sameTraits(before, machine)) {
      return false;
    }
    traits.put(before, machine);
    pools.place(m);
    return true;
  }

  private FleetMachine unseen(Machine machine) {
    FleetMachine m = new FleetMachine(machine, used.getOrDefault(machine.id(), 0), observer);
    machines.put(machine.id(), m);
    if (isOpen(m.id())) {
      opened(m, true);
    }
    return m;
  }

  private void opened(FleetMachine machine, boolean opens) {
    open += opens ? 1 : -1;
    onOpen.accept(machine.id(), opens);
  }

  private static boolean sameTraits(Machine a, Machine b) {
    return a == b
        || a.name().equals(b.name())
            && (a.health() == b.health())
            && a.groups().equals(b.groups())
            && a.labels().equals(b.labels())
            && a.facts().equals(b.facts())
            && a.properties().equals(b.properties());
  }
}
