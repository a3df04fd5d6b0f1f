package io.cta.server.dispatch.scheduling;

import io.cta.domain.Health;
import io.cta.domain.TaskDecline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Says why a task waits, in words for people. The words change only when the reason does. One for
 * each round of looking, so that machines that many tasks wait for are looked at once.
 */
public final class WaitReasons {
  private static final int NAMED = 5;
  private static final Comparator<FleetMachine> BY_NAME = Comparator.comparing(FleetMachine::name);

  private final SchedulingState schedulingState;
  private final Map<Object, String> memo = new HashMap<>();
  private final QueuePositions ahead;

  public WaitReasons(SchedulingState schedulingState, long now) {
    this.schedulingState = schedulingState;
    this.ahead = new QueuePositions(schedulingState.lanes(), now);
  }

  public String of(TaskEntry taskEntry) {
    ExecutionEntry executionEntry = taskEntry.executionEntry;
    if (taskEntry.task.releasedAt() != null && taskEntry.task.machineId() != null) {
      return unanswered(taskEntry.task.machineId());
    }
    if (taskEntry.task.bound()) {
      return bound(executionEntry, taskEntry.task.machineId());
    }
    String machines =
        memo.computeIfAbsent(executionEntry.pool, p -> nobodyFree(executionEntry.pool));
    if (executionEntry.shortOfMachines() && !executionEntry.pool.members.isEmpty()) {
      return executionEntry.minimum
          + " matching machines must be online to begin, "
          + executionEntry.pool.online()
          + " of "
          + executionEntry.pool.members.size()
          + " are"
          + offline(executionEntry.pool.members.values());
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
    return m.open() && executionEntry.atMost() ? atMost(executionEntry) : nobodyFree(List.of(m));
  }

  private static String atMost(ExecutionEntry executionEntry) {
    return "as many machines as its configuration allows are at work for it (maxParallel "
        + executionEntry.maxParallel
        + ")";
  }

  private String nobodyFree(MachinePool pool) {
    return pool.members.isEmpty()
        ? UnmetCriteria.of(
            pool.criteria, schedulingState.fleet.all().stream().map(m -> m.machine).toList())
        : nobodyFree(pool.members.values());
  }

  private static String nobodyFree(Collection<FleetMachine> members) {
    List<FleetMachine> online = members.stream().filter(FleetMachine::online).toList();
    if (online.isEmpty()) {
      return members.size() == 1
          ? "the matching machine " + members.iterator().next().name() + " is offline"
          : "no matching machine is online" + offline(members);
    }
    List<FleetMachine> taking = online.stream().filter(FleetMachine::takes).toList();
    if (taking.isEmpty()) {
      return "no matching machine takes tasks: "
          + names(online, m -> m.name() + " " + unwilling(m))
          + offline(members);
    }
    if (taking.stream().anyMatch(FleetMachine::open)) {
      return "waiting for its turn";
    }
    return taking.size() == 1
        ? "the matching machine " + taking.get(0).name() + " is busy" + offline(members)
        : "all " + taking.size() + " matching machines are busy" + offline(members);
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

  private static String offline(Collection<FleetMachine> members) {
    List<FleetMachine> off = members.stream().filter(m -> !m.online()).toList();
    return off.isEmpty() ? "" : " (offline: " + names(off, FleetMachine::name) + ")";
  }

  private static String names(List<FleetMachine> machines, Function<FleetMachine, String> text) {
    List<String> out =
        new ArrayList<>(machines.stream().sorted(BY_NAME).limit(NAMED).map(text).toList());
    if (machines.size() > NAMED) {
      out.add((machines.size() - NAMED) + " more");
    }
    return String.join(", ", out);
  }
}
