package io.cta.server.dispatch.scheduling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Decides which waiting tasks go to which free slots: the highest priority first, raised by waiting
 * (see {@link WaitingLane}), then the group with the fewest tasks at work, then the oldest
 * execution. A task that cannot go now does not hold up those after it.
 */
public final class TaskScheduler {
  /**
   * One task goes to one machine, whose slot is already reserved in the {@link SchedulingState}.
   */
  public record Release(TaskEntry entry, FleetMachine machine) {}

  private final SchedulingState schedulingState;
  private final long nanos;

  private TaskScheduler(SchedulingState schedulingState, long nanos) {
    this.schedulingState = schedulingState;
    this.nanos = nanos;
  }

  /** At most {@code limit} releases; fewer than that means that nothing else can go now. */
  public static List<Release> decide(SchedulingState schedulingState, long nanos, int limit) {
    schedulingState.fleet.wake(nanos);
    return schedulingState.fleet.hasOpen()
        ? new TaskScheduler(schedulingState, nanos).releases(limit)
        : List.of();
  }

  private List<Release> releases(int limit) {
    List<Release> out = new ArrayList<>();
    PriorityQueue<Turn> turns = new PriorityQueue<>(Turn.ORDER);
    for (WaitingLane lane : schedulingState.lanes()) {
      turns.add(new Turn(lane, lane.level(nanos), schedulingState.working(lane.key.group())));
    }
    while (!turns.isEmpty() && out.size() < limit) {
      Turn turn = turns.poll();
      int working = schedulingState.working(turn.lane.key.group());
      if (turn.working != working) {
        turn.working = working;
        turns.add(turn);
        continue;
      }
      Release release = next(turn);
      if (release != null) {
        schedulingState.reserve(release.entry(), release.machine().id());
        out.add(release);
        if (!turn.lane.executions.isEmpty()) {
          turn.level = turn.lane.level(nanos);
          turns.add(turn);
        }
      }
    }
    return out;
  }

  /** The next release of a lane, or null when nothing of it can go in this pass. */
  private Release next(Turn turn) {
    while (turn.at != null) {
      Map.Entry<String, ExecutionEntry> entry = turn.lane.executions.ceilingEntry(turn.at);
      if (entry == null) {
        return null;
      }
      ExecutionEntry executionEntry = entry.getValue();
      turn.at = executionEntry.executionId;
      if (executionEntry.eligible()) {
        Release release = turn.lane.key.bound() ? bound(executionEntry) : pooled(executionEntry);
        if (release != null) {
          return release;
        }
        if (!turn.lane.key.bound() && !executionEntry.pool.hasOpen()) {
          return null;
        }
      }
      turn.at = turn.lane.executions.higherKey(turn.at);
    }
    return null;
  }

  private Release pooled(ExecutionEntry executionEntry) {
    TaskEntry taskEntry = executionEntry.waiting.firstEntry().getValue();
    FleetMachine machine =
        executionEntry.atMost()
            ? alreadyAtWork(executionEntry)
            : executionEntry.pool.best(taskEntry.avoided());
    return machine == null ? null : new Release(taskEntry, machine);
  }

  /** The best machine with a free slot that already works for the execution, or null. */
  private FleetMachine alreadyAtWork(ExecutionEntry executionEntry) {
    return executionEntry.atWork.keySet().stream()
        .filter(schedulingState.fleet::isOpen)
        .map(id -> schedulingState.fleet.get(id).rank())
        .min(MachineRank.BEST_FIRST)
        .map(MachineRank::machine)
        .orElse(null);
  }

  private Release bound(ExecutionEntry executionEntry) {
    if (executionEntry.atMost() || executionEntry.ready.isEmpty()) {
      return null;
    }
    TaskEntry taskEntry = executionEntry.ready.firstEntry().getValue();
    return new Release(taskEntry, schedulingState.fleet.get(taskEntry.task.machineId()));
  }

  /** A lane waiting for its turn within a pass. */
  private static final class Turn {
    static final Comparator<Turn> ORDER =
        Comparator.<Turn>comparingLong(t -> -t.level)
            .thenComparingInt(t -> t.working)
            .thenComparing(t -> t.at);

    final WaitingLane lane;
    long level;
    int working;
    String at;

    Turn(WaitingLane lane, long level, int working) {
      this.lane = lane;
      this.level = level;
      this.working = working;
      this.at = lane.executions.firstKey();
    }
  }
}
