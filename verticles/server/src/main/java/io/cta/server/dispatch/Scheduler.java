package io.cta.server.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Decides which waiting tasks go to which free slots: highest priority first, with what waiting
 * adds to it (see {@link WaitingLane}), then the group with the fewest tasks at work, then the
 * oldest execution. A task that cannot go now holds nobody up.
 */
final class Scheduler {
  /** One task to one machine; the slot is reserved on the board already. */
  record Release(Ticket ticket, FleetMachine machine) {}

  private final Board board;
  private final long nanos;
  private final Map<Pool, Candidates> candidates = new HashMap<>();

  private Scheduler(Board board, long nanos) {
    this.board = board;
    this.nanos = nanos;
  }

  /** At most {@code limit} releases; fewer than that means that nothing else can go now. */
  static List<Release> decide(Board board, long nanos, int limit) {
    return board.fleet.open().isEmpty() ? List.of() : new Scheduler(board, nanos).releases(limit);
  }

  private List<Release> releases(int limit) {
    List<Release> out = new ArrayList<>();
    PriorityQueue<Turn> turns = new PriorityQueue<>(Turn.ORDER);
    for (WaitingLane lane : board.lanes()) {
      turns.add(new Turn(lane, lane.level(nanos), board.working(lane.key.group())));
    }
    while (!turns.isEmpty() && out.size() < limit) {
      Turn turn = turns.poll();
      int working = board.working(turn.lane.key.group());
      if (turn.working != working) {
        turn.working = working;
        turns.add(turn);
        continue;
      }
      Release release = next(turn);
      if (release != null) {
        board.reserve(release.ticket(), release.machine().id());
        out.add(release);
        if (!turn.lane.runs.isEmpty()) {
          turn.level = turn.lane.level(nanos);
          turns.add(turn);
        }
      }
    }
    return out;
  }

  /** The lane's next release, or null when nothing of it can go in this pass. */
  private Release next(Turn turn) {
    while (turn.at != null) {
      Map.Entry<String, Run> entry = turn.lane.runs.ceilingEntry(turn.at);
      if (entry == null) {
        return null;
      }
      Run run = entry.getValue();
      turn.at = run.executionId;
      if (!run.stopped && !run.shortOfMachines()) {
        Release release = turn.lane.key.bound() ? bound(run) : pooled(run);
        if (release != null) {
          return release;
        }
        if (!turn.lane.key.bound() && of(run.pool).isEmpty()) {
          return null;
        }
      }
      turn.at = turn.lane.runs.higherKey(turn.at);
    }
    return null;
  }

  private Release pooled(Run run) {
    Ticket ticket = run.waiting.firstEntry().getValue();
    FleetMachine machine = run.atMost() ? alreadyAtWork(run) : of(run.pool).best(ticket.avoided());
    return machine == null ? null : new Release(ticket, machine);
  }

  /** Another slot of a machine that works for the run anyway. */
  private FleetMachine alreadyAtWork(Run run) {
    return run.atWork.keySet().stream()
        .map(board.fleet.open()::get)
        .filter(m -> m != null && !m.paused(nanos))
        .map(FleetMachine::offer)
        .min(FleetMachine.BEST_FIRST)
        .map(FleetMachine.Offer::machine)
        .orElse(null);
  }

  private Release bound(Run run) {
    if (run.atMost()) {
      return null;
    }
    for (Ticket ticket : run.waiting.values()) {
      FleetMachine machine = board.fleet.open().get(ticket.task.machineId());
      if (machine != null && !machine.paused(nanos)) {
        return new Release(ticket, machine);
      }
    }
    return null;
  }

  private Candidates of(Pool pool) {
    return candidates.computeIfAbsent(pool, p -> new Candidates(p, board.fleet, nanos));
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
      this.at = lane.runs.firstKey();
    }
  }
}
