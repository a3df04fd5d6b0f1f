package io.cta.server.dispatch.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MachinePoolCacheTest {
  private static final FleetMachine.Observer NOBODY =
      new FleetMachine.Observer() {
        @Override
        public void ranked(FleetMachine machine, MachineRank before) {}

        @Override
        public void paused(FleetMachine machine, long until) {}
      };

  private final FleetMachine machine =
      new FleetMachine(SchedulingFixtures.machine("m", true, 1), 0, NOBODY);
  private final MachinePoolCache pools = new MachinePoolCache(this::filled);

  @Test
  void thePoolOfTheLastRunIsThereForTheNext() {
    MachinePool pool = pools.join(labels("lab"));
    pools.leave(pool);
    assertSame(pool, pools.join(labels("lab")));
    assertSame(pool, pools.join(labels("lab")));
    assertEquals(2, pool.users);
  }

  @Test
  void thoseThatNobodyUsedForLongestGo() {
    MachinePool first = pools.join(labels("lab"));
    pools.leave(first);
    for (int i = 0; i < MachinePoolCache.UNUSED; i++) {
      pools.leave(pools.join(labels("other" + i)));
    }
    assertEquals(MachinePoolCache.UNUSED, pools.unused());
    assertTrue(machine.memberships.isEmpty());
    assertNotSame(first, pools.join(labels("lab")));
  }

  @Test
  void oneThatIsUsedStays() {
    MachinePool used = pools.join(labels("lab"));
    for (int i = 0; i < 2 * MachinePoolCache.UNUSED; i++) {
      pools.leave(pools.join(labels("other" + i)));
    }
    assertSame(used, pools.join(labels("lab")));
    assertEquals(1, machine.memberships.size());
  }

  @Test
  void oneThatNobodyUsesIsKeptUpToDate() {
    MachineCriteria criteria = labels("lab");
    pools.leave(pools.join(criteria));
    machine.said(SchedulingFixtures.bare("m"), 1, 0, false);
    pools.place(machine);
    assertEquals(0, pools.join(criteria).size());
  }

  private MachinePool filled(MachineCriteria criteria) {
    MachinePool pool = new MachinePool(criteria);
    pool.place(machine);
    return pool;
  }

  private static MachineCriteria labels(String label) {
    return new MachineCriteria(List.of(), List.of(), List.of(label), Map.of());
  }
}
