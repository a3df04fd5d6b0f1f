package io.cta.server.dispatch.scheduling;

import io.cta.server.dispatch.scheduling.FleetMachine.Offer;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/** The open machines of a pool during one pass, the best first. */
public final class MachineCandidates {
  private final PriorityQueue<Offer> offers = new PriorityQueue<>(FleetMachine.BEST_FIRST);

  public MachineCandidates(MachinePool pool, MachineFleet fleet, long nanos) {
    boolean fewOpen = fleet.open().size() < pool.members.size();
    for (FleetMachine m : fewOpen ? fleet.open().values() : pool.members.values()) {
      if (m.open() && !m.paused(nanos) && (!fewOpen || pool.members.containsKey(m.id()))) {
        offers.add(m.offer());
      }
    }
  }

  /** The best one that is not avoided, else the best one, else null. It stays on offer. */
  public FleetMachine best(Set<String> avoided) {
    List<Offer> aside = new ArrayList<>();
    FleetMachine found = null;
    while (found == null && current()) {
      Offer top = offers.peek();
      if (avoided.contains(top.machine().id())) {
        aside.add(offers.poll());
      } else {
        found = top.machine();
      }
    }
    offers.addAll(aside);
    return found != null || aside.isEmpty() ? found : aside.get(0).machine();
  }

  boolean isEmpty() {
    return !current();
  }

  /** Brings the top up to date with what was taken since; false when nothing is left. */
  private boolean current() {
    while (!offers.isEmpty()) {
      Offer top = offers.peek();
      if (top.free() == top.machine().free() && top.machine().open()) {
        return true;
      }
      offers.poll();
      if (top.machine().open()) {
        offers.add(top.machine().offer());
      }
    }
    return false;
  }
}
