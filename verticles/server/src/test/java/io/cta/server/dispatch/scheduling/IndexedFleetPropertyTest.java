package io.cta.server.dispatch.scheduling;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.bus.MachineChanged;
import io.cta.domain.Health;
import io.cta.domain.IdGenerator;
import io.cta.domain.Machine;
import io.cta.domain.MachineBuilder;
import io.cta.domain.MachinePresence;
import io.cta.domain.RunMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to the machines, the indexes answer as a look at all of them would. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class IndexedFleetPropertyTest {
  private static final int MACHINES = 12;
  private static final int STEPS = 400;
  private static final List<String> NO = List.of();
  private static final List<MachineCriteria> CRITERIA =
      List.of(
          new MachineCriteria(NO, NO, NO, Map.of()),
          new MachineCriteria(List.of("m1", "id-m2", "m3"), NO, NO, Map.of()),
          new MachineCriteria(NO, List.of("g0", "g1"), NO, Map.of()),
          new MachineCriteria(NO, NO, List.of("l0"), Map.of()),
          new MachineCriteria(NO, NO, List.of("l0", "l1"), Map.of("jdk", List.of("17"))),
          new MachineCriteria(NO, NO, NO, Map.of("jdk", List.of("11", "21"))));

  private Random random;
  private MachineFleet fleet;
  private NaiveFleet naive;
  private SchedulingState state;
  private final List<MachinePool> joined = new ArrayList<>();
  private long now;

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void indexesAnswerAsALookAtAllMachinesWould(long seed) {
    random = new Random(seed);
    fleet = new MachineFleet();
    naive = new NaiveFleet();
    state = new SchedulingState(fleet, () -> now);
    now = random.nextInt(1_000);
    for (int step = 0; step < STEPS; step++) {
      change();
      now += random.nextInt(400) * 1_000_000L;
      fleet.wake(now);
      agree(CRITERIA.get(random.nextInt(CRITERIA.size())), "step " + step);
      state.executions().forEach(this::readyAsALookAtAllWouldSay);
    }
  }

  private void change() {
    String id = "id-m" + random.nextInt(MACHINES);
    FleetMachine machine = fleet.get(id);
    switch (machine == null ? 0 : random.nextInt(9)) {
      case 0, 1 -> say(id);
      case 2, 3 -> use(id, naive.machines.get(id).used == 0 || random.nextBoolean() ? 1 : -1);
      case 4 -> {
        machine.declined(now);
        naive.declined(id, now);
      }
      case 5 -> {
        machine.accepts();
        naive.accepts(id);
      }
      case 6 -> {
        machine.succeeded(now);
        naive.machines.get(id).succeededAt = now;
      }
      case 7 -> joinOrLeave();
      default -> stress();
    }
  }

  private void say(String id) {
    String name = id.substring(3);
    Machine machine =
        MachineBuilder.builder(SchedulingFixtures.machine(name, true, 1 + random.nextInt(2)))
            .presence(random.nextInt(4) == 0 ? MachinePresence.OFFLINE : MachinePresence.ONLINE)
            .health(random.nextInt(5) == 0 ? one(Health.values()) : Health.ACTIVE)
            .trouble(random.nextInt(9) == 0 ? "disk" : null)
            .failuresInRow(random.nextInt(4) == 0 ? 1 : 0)
            .groups(List.of("g" + random.nextInt(3)))
            .labels(List.of("l" + random.nextInt(2), "l" + (2 - random.nextInt(2))))
            .facts(Map.of("jdk", List.of(one("11", "17", "21"))))
            .build();
    boolean leaving = random.nextInt(9) == 0;
    MachineChanged said = new MachineChanged(machine, 1, random.nextInt(3) / 2.0, 1, leaving);
    fleet.changed(said);
    naive.changed(said);
  }

  private void use(String id, int slots) {
    fleet.use(id, slots);
    naive.machines.get(id).used += slots;
  }

  private void joinOrLeave() {
    if (joined.size() > 3) {
      fleet.leave(joined.remove(random.nextInt(joined.size())));
    } else {
      joined.add(fleet.join(CRITERIA.get(random.nextInt(CRITERIA.size()))));
    }
  }

  /** Adds an execution with a task for every matching machine, or closes one. */
  private void stress() {
    if (state.executions().size() > 3) {
      state.close(state.executions().iterator().next());
    } else {
      SchedulingFixtures.on(
          state, SchedulingFixtures.request(RunMode.STRESS).id(IdGenerator.next()).asked());
    }
  }

  private void agree(MachineCriteria criteria, String when) {
    MachinePool pool = fleet.join(criteria);
    List<String> members = pool.all().stream().map(Machine::id).sorted().toList();
    assertEquals(naive.matching(criteria), members, when);
    assertEquals(naive.matching(criteria).size(), pool.size(), when);
    assertEquals(naive.online(criteria), pool.online(), when);
    assertEquals(naive.busy(criteria), pool.standing(MachineStanding.BUSY).size(), when);
    assertEquals(
        naive.unwilling(criteria),
        pool.standing(MachineStanding.UNWILLING).stream().map(MachineRank::name).toList(),
        when);
    Set<String> avoided = new HashSet<>();
    for (int i = 0; i < MACHINES; i++) {
      FleetMachine best = pool.best(avoided);
      String expected = naive.best(criteria, avoided, now);
      assertEquals(expected, best == null ? null : best.id(), when);
      avoided.add(expected);
    }
    fleet.leave(pool);
    boolean any = naive.machines.keySet().stream().anyMatch(id -> naive.offered(id, now));
    assertEquals(any, fleet.hasOpen(), when);
  }

  private void readyAsALookAtAllWouldSay(ExecutionEntry execution) {
    Set<Integer> expected = new TreeSet<>();
    execution.waiting.forEach(
        (ordinal, t) -> {
          if (t.task.bound() && naive.offered(t.task.machineId(), now)) {
            expected.add(ordinal);
          }
        });
    assertEquals(expected, execution.ready.keySet());
  }

  @SafeVarargs
  private <T> T one(T... of) {
    return of[random.nextInt(of.length)];
  }
}
