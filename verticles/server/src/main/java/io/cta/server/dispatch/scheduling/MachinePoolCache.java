package io.cta.server.dispatch.scheduling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Has one pool for all executions with equal criteria. It keeps the pools that were last in use, as
 * many as fit, because the next execution often asks for the same machines. Event loop of its
 * verticle only.
 */
final class MachinePoolCache {
  /** The most unused pools that are kept. */
  static final int UNUSED = 64;

  /**
   * The most machines in unused pools; a machine counts once in each. The last pool is kept even if
   * it has more.
   */
  static final int UNUSED_MEMBERS = 200_000;

  private final Function<MachineCriteria, MachinePool> filled;
  private final Map<MachineCriteria, MachinePool> used = new HashMap<>();
  private final Map<MachineCriteria, MachinePool> unused = new LinkedHashMap<>();

  /**
   * @param filled makes a pool with all machines that match
   */
  MachinePoolCache(Function<MachineCriteria, MachinePool> filled) {
    this.filled = filled;
  }

  /** The pool of these criteria; each call adds a user, who must {@link #leave}. */
  MachinePool join(MachineCriteria criteria) {
    MachinePool pool = used.get(criteria);
    if (pool == null) {
      MachinePool kept = unused.remove(criteria);
      pool = kept == null ? filled.apply(criteria) : kept;
      used.put(criteria, pool);
    }
    pool.users++;
    return pool;
  }

  void leave(MachinePool pool) {
    if (--pool.users == 0) {
      used.remove(pool.criteria);
      unused.put(pool.criteria, pool);
      shrink();
    }
  }

  /** A machine is new, or has other traits than before. */
  void place(FleetMachine machine) {
    used.values().forEach(pool -> pool.place(machine));
    unused.values().forEach(pool -> pool.place(machine));
  }

  int unused() {
    return unused.size();
  }

  private void shrink() {
    int members = unused.values().stream().mapToInt(MachinePool::size).sum();
    List<MachinePool> longestUnusedFirst = new ArrayList<>(unused.values());
    for (MachinePool pool : longestUnusedFirst) {
      if (unused.size() == 1 || unused.size() <= UNUSED && members <= UNUSED_MEMBERS) {
        return;
      }
      unused.remove(pool.criteria);
      members -= pool.size();
      pool.dissolve();
    }
  }
}
