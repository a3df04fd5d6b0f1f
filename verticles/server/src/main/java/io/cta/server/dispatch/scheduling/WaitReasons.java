package io.cta.server.dispatch.scheduling;

import io.cta.domain.Health;
import io.cta.domain.TaskDecline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.function.Function;

/**
 * Tells people why a task waits. The text changes only when the reason does. Make one for each
 * round: it remembers what it found of machines that many tasks wait for.
 */
public final class WaitReasons {
  private static final int MAX_NAMED = 5;
  private static final String TURN = "waiting for its turn";

  private final SchedulingState schedulingState;
  private final Map<Object, String> memo = new HashMap<>();
  private final QueuePositions ahead;

  /**
   * @param now ticker time in nanoseconds
   */
  public WaitReasons(SchedulingState schedulingState, long now) {
    this.schedulingState = schedulingState;
    this.ahead = new QueuePositions(schedulingState.lanes(), now);
  }

  public String of(TaskEntry taskEntry) {
    ExecutionEntry executionEntry = taskEntry.executionEntry;
    if (taskEntry.task.releasedAt() != null && taskEntry.task.machineId() != null) {
      return unanswered(taskEntry.task.machineId());
    }
    if (executionEntry.awaitsInputs()) {
      return "its first task finds out which commits and versions the inputs are";
    }
    if (taskEntry.task.bound()) {
      return bound(executionEntry, taskEntry.task.machineId());
    }
    String machines =
        memo.computeIfAbsent(executionEntry.pool, p -> nobodyFree(executionEntry.pool));
    if (executionEntry.shortOfMachines() && executionEntry.pool.size() > 0) {
      return executionEntry.minimum
          + " matching machines must be online to begin, "
          + executionEntry.pool.online()
          + " of "
          + executionEntry.pool.size()
          + " are"
          + offline(executionEntry.pool);
    }
    if (executionEntry.atMost()) {
      return atMost(executionEntry);
    }
    return machines + turnedDown(taskEntry) + ahead.of(executionEntry);
  }

  private String turnedDown(TaskEntry taskEntry) {
    TaskDecline last = taskEntry.task.declined();
    FleetMachine m = last == null ? null : schedulingState.fleet.get(last.machineId());
    return m == null ? "" : "; " + m.name() + " turned it down (" + last.reason() + ")";
  }

  private String unanswered(String machineId) {
    FleetMachine m = schedulingState.fleet.get(machineId);
    if (m == null) {
      return "its machine is not registered any more";
    }
    return m.online()
        ? "machine " + m.name() + " was sent it and has not answered yet"
        : "machine " + m.name() + ", which was sent it, is offline";
  }

  private String bound(ExecutionEntry executionEntry, String machineId) {
    FleetMachine m = schedulingState.fleet.get(machineId);
    if (m == null) {
      return "its machine is not registered any more";
    }
    if (executionEntry.shortOfMachines()) {
      return executionEntry.minimum
          + " machines must be online to begin, "
          + executionEntry.pool.online()
          + " are";
    }
    return m.open() && executionEntry.atMost() ? atMost(executionEntry) : notFree(m);
  }

  private static String atMost(ExecutionEntry executionEntry) {
    return "as many machines as its configuration allows are at work for it (maxParallel "
        + executionEntry.maxParallel
        + ")";
  }

  private static String notFree(FleetMachine m) {
    return switch (m.standing()) {
      case OFFLINE -> "the matching machine " + m.name() + " is offline";
      case UNWILLING -> "no matching machine takes tasks: " + m.name() + " " + unwilling(m);
      case BUSY -> "the matching machine " + m.name() + " is busy";
      case RESTING, OPEN -> TURN;
    };
  }

  private String nobodyFree(MachinePool pool) {
    if (pool.size() == 0) {
      return UnmetCriteria.of(pool.criteria, schedulingState.fleet.traits());
    }
    NavigableSet<MachineRank> unwilling = pool.standing(MachineStanding.UNWILLING);
    NavigableSet<MachineRank> busy = pool.standing(MachineStanding.BUSY);
    if (pool.online() == 0) {
      return pool.size() == 1
          ? notFree(pool.standing(MachineStanding.OFFLINE).first().machine())
          : "no matching machine is online" + offline(pool);
    }
    if (pool.online() == unwilling.size()) {
      return "no matching machine takes tasks: "
          + names(unwilling, m -> m.name() + " " + unwilling(m))
          + offline(pool);
    }
    if (pool.online() > unwilling.size() + busy.size()) {
      return TURN;
    }
    return busy.size() == 1
        ? "the matching machine " + busy.first().name() + " is busy" + offline(pool)
        : "all " + busy.size() + " matching machines are busy" + offline(pool);
  }

  private static String unwilling(FleetMachine m) {
    if (m.leaving) {
      return "is about to leave";
    }
    if (m.machine.trouble() != null) {
      return "takes none (" + m.machine.trouble() + ")";
    }
    Health health = m.machine.health();
    Instant until = m.machine.quarantinedUntil();
    return switch (health) {
      case DRAINING -> "is draining";
      case MAINTENANCE -> "is in maintenance";
      case QUARANTINED -> "is quarantined" + (until == null ? "" : " until " + until);
      case RETIRED -> "is retired";
      case ACTIVE -> "is busy";
    };
  }

  private static String offline(MachinePool pool) {
    NavigableSet<MachineRank> off = pool.standing(MachineStanding.OFFLINE);
    return off.isEmpty() ? "" : " (offline: " + names(off, FleetMachine::name) + ")";
  }

  private static String names(
      NavigableSet<MachineRank> byName, Function<FleetMachine, String> text) {
    List<String> out =
        new ArrayList<>(
            byName.stream().limit(MAX_NAMED).map(MachineRank::machine).map(text).toList());
    if (byName.size() > MAX_NAMED) {
      out.add((byName.size() - MAX_NAMED) + " more");
    }
    return String.join(", ", out);
  }
}
