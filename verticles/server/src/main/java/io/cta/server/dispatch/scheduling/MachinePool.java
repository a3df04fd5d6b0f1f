package io.cta.server.dispatch.scheduling;

import io.cta.domain.Machine;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The machines that match the same criteria, sorted by standing: the open ones best first, the
 * others by name. A machine that changes is only marked, and sorted anew when somebody asks next.
 * So a change is cheap even if many pools have the machine, and a question sorts only what has
 * changed since the last one.
 */
public final class MachinePool implements MatchingMachines {
  final MachineCriteria criteria;
  int users;
  private final Map<String, PoolMember> members = new HashMap<>();
  private final Map<MachineStanding, NavigableSet<MachineRank>> sorted =
      new EnumMap<>(MachineStanding.class);
  private final ArrayDeque<PoolMember> stale = new ArrayDeque<>();

  MachinePool(MachineCriteria criteria) {
    this.criteria = criteria;
    for (MachineStanding standing : MachineStanding.values()) {
      boolean open = standing == MachineStanding.OPEN;
      sorted.put(standing, new TreeSet<>(open ? MachineRank.BEST_FIRST : MachineRank.BY_NAME));
    }
  }

  /** Adds a machine that matches, removes one that does not. */
  void place(FleetMachine machine) {
    if (!MachineMatcher.matches(criteria, machine.machine)) {
      remove(machine);
    } else if (!members.containsKey(machine.id())) {
      PoolMember member = new PoolMember(this, machine);
      members.put(machine.id(), member);
      machine.memberships.add(member);
      changed(member);
    }
  }

  /** Makes all its machines forget the pool, which is about to be dropped. */
  void dissolve() {
    members.values().forEach(member -> member.machine.memberships.remove(member));
  }

  void changed(PoolMember member) {
    if (!member.stale) {
      member.stale = true;
      stale.add(member);
    }
  }

  /** The machines of one standing, in their order. */
  NavigableSet<MachineRank> standing(MachineStanding standing) {
    sort();
    return sorted.get(standing);
  }

  /** The best open machine that is not avoided; if all are, the best one; null if none is open. */
  public FleetMachine best(Set<String> avoided) {
    NavigableSet<MachineRank> open = standing(MachineStanding.OPEN);
    for (MachineRank rank : open) {
      if (!avoided.contains(rank.machine().id())) {
        return rank.machine();
      }
    }
    return open.isEmpty() ? null : open.first().machine();
  }

  boolean hasOpen() {
    return !standing(MachineStanding.OPEN).isEmpty();
  }

  @Override
  public int size() {
    return members.size();
  }

  @Override
  public int online() {
    return size() - standing(MachineStanding.OFFLINE).size();
  }

  @Override
  public Collection<Machine> all() {
    return members.values().stream().map(member -> member.machine.machine).toList();
  }

  private void remove(FleetMachine machine) {
    PoolMember member = members.remove(machine.id());
    if (member != null) {
      machine.memberships.remove(member);
      unfile(member);
    }
  }

  private void sort() {
    PoolMember member = stale.poll();
    while (member != null) {
      member.stale = false;
      MachineRank now = member.machine.rank();
      if (members.get(member.machine.id()) == member && !now.equals(member.filed)) {
        unfile(member);
        member.filed = now;
        sorted.get(now.standing()).add(now);
      }
      member = stale.poll();
    }
  }

  private void unfile(PoolMember member) {
    if (member.filed != null) {
      sorted.get(member.filed.standing()).remove(member.filed);
      member.filed = null;
    }
  }
}
