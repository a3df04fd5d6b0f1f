package io.cta.server.dispatch;

import io.cta.domain.Execution;
import io.cta.domain.Task;
import io.cta.state.Phase;
import io.cta.time.Ticker;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every task that is not terminal, filed so that the scheduler finds what it needs without looking
 * at all of them: waiting runs in lanes by priority, group and criteria, slots and runs by who uses
 * them. Does no I/O. Event loop of its verticle only.
 */
final class Board {
  final Fleet fleet;
  private final Ticker ticker;
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private final Map<String, Ticket> tickets = new HashMap<>();
  private final Map<String, Ticket> released = new LinkedHashMap<>();
  private final Map<String, Integer> working = new HashMap<>();
  private final Map<LaneKey, WaitingLane> lanes = new LinkedHashMap<>();

  /**
   * The lane that lost its last run, unless that is put back at once: a lane knows how long it
   * waits.
   */
  private WaitingLane emptied;

  Board(Fleet fleet, Ticker ticker) {
    this.fleet = fleet;
    this.ticker = ticker;
  }

  /** The run of an execution, made when it is not there. */
  Run open(Execution execution) {
    return runs.computeIfAbsent(
        execution.id(),
        id -> new Run(execution, fleet.join(Criteria.of(execution.snapshot().configuration()))));
  }

  /** The run, or null. */
  Run run(String executionId) {
    return runs.get(executionId);
  }

  Collection<Run> runs() {
    return runs.values();
  }

  Ticket ticket(String taskId) {
    return tickets.get(taskId);
  }

  int size() {
    return tickets.size();
  }

  /** Tickets on a queue that no agent has acked. */
  Collection<Ticket> released() {
    return released.values();
  }

  /** Those with waiting runs, in no order. */
  Collection<WaitingLane> lanes() {
    return lanes.values();
  }

  /** How many tasks of a group have a slot. */
  int working(String group) {
    return working.getOrDefault(group, 0);
  }

  /** Files a task as it now is; false when its run is not on the board. */
  boolean put(Task task) {
    Run run = runs.get(task.executionId());
    if (run == null) {
      return false;
    }
    Ticket ticket = tickets.get(task.id());
    if (ticket == null) {
      if (task.state().terminal()) {
        return true;
      }
      ticket = new Ticket(run, task, ticker.nanos());
      run.pooled |= !task.bound();
      tickets.put(task.id(), ticket);
      run.tickets.put(task.id(), ticket);
    }
    unfile(ticket);
    if (Phase.of(task) != Phase.WAITING || task.attempt() != ticket.task.attempt()) {
      ticket.releasing = false; // else it is an older change that overlapped with the release
    }
    if (task.attempt() != ticket.task.attempt()) {
      ticket.sends = 0;
    }
    ticket.task = task;
    file(ticket);
    swap(ticket);
    if (run.shared() && task.machineId() != null) {
      run.guests.add(task.machineId());
    }
    if (task.attempt() > 0) {
      run.begun = true;
    }
    return true;
  }

  /** A slot of a machine is the ticket's from now on, until the store says otherwise. */
  void reserve(Ticket ticket, String machineId) {
    unfile(ticket);
    ticket.releasing = true;
    ticket.reserved = machineId;
    ticket.run.begun = true;
    file(ticket);
    WaitingLane lane = lanes.get(ticket.run.lane());
    if (lane != null) {
      lane.served();
    }
  }

  /** Another machine's slot, or none for now, is kept for a ticket that a group queue has. */
  void rereserve(Ticket ticket, String machineId) {
    unfile(ticket);
    ticket.reserved = machineId;
    file(ticket);
  }

  /** The release did not come about. */
  void unreserve(Ticket ticket) {
    if (ticket.releasing) {
      unfile(ticket);
      ticket.releasing = false;
      ticket.reserved = null;
      file(ticket);
    }
  }

  /** Takes a run with all its tickets away. */
  void close(Run run) {
    if (runs.remove(run.executionId, run)) {
      run.tickets.values().forEach(this::unfile);
      dropEmptied();
      run.tickets.keySet().forEach(tickets::remove);
      fleet.leave(run.pool);
    }
  }

  /**
   * A machine other than the one with the reserved slot has pulled it: the task whose slot it was
   * going to take gets the reserved one, so that no slot looks free that is spoken for.
   */
  private void swap(Ticket taken) {
    String reserved = taken.reserved;
    taken.reserved = taken.filed == Phase.RELEASED ? reserved : null;
    if (reserved == null || taken.holder == null || reserved.equals(taken.holder)) {
      return;
    }
    for (Ticket other : taken.run.released.values()) {
      if (taken.holder.equals(other.reserved) && other.task.machineId() == null) {
        rereserve(other, reserved);
        return;
      }
    }
  }

  private void file(Ticket t) {
    Phase phase = t.phase();
    t.filed = phase;
    t.holder = t.holderNow();
    switch (phase) {
      case WAITING -> queue(t);
      case RELEASED, ACKED, RUNNING, CANCELLING -> {
        use(t, 1);
        if (phase == Phase.RELEASED) {
          released.put(t.task.id(), t);
          t.run.released.put(t.task.id(), t);
        }
      }
      case ENDED -> {}
      case OVER -> {
        tickets.remove(t.task.id());
        t.run.tickets.remove(t.task.id());
      }
    }
    dropEmptied();
  }

  private void unfile(Ticket t) {
    if (t.filed == null) {
      return;
    }
    dropEmptied();
    switch (t.filed) {
      case WAITING -> unqueue(t);
      case RELEASED, ACKED, RUNNING, CANCELLING -> {
        use(t, -1);
        released.remove(t.task.id());
        t.run.released.remove(t.task.id());
      }
      case ENDED, OVER -> {}
    }
    t.filed = null;
  }

  private void dropEmptied() {
    if (emptied != null && emptied.runs.isEmpty()) {
      lanes.remove(emptied.key);
    }
    emptied = null;
  }

  private void use(Ticket t, int n) {
    working.merge(t.run.group, n, Board::sum);
    if (t.holder != null) {
      fleet.use(t.holder, n);
      t.run.atWork.merge(t.holder, n, Board::sum);
    }
  }

  private void queue(Ticket t) {
    t.run.waiting.put(t.task.ordinal(), t);
    lanes.computeIfAbsent(t.run.lane(), WaitingLane::new).runs.put(t.run.executionId, t.run);
  }

  private void unqueue(Ticket t) {
    Run run = t.run;
    run.waiting.remove(t.task.ordinal());
    if (run.waiting.isEmpty()) {
      WaitingLane lane = lanes.get(run.lane());
      lane.runs.remove(run.executionId);
      emptied = lane;
    }
  }

  private static Integer sum(Integer a, Integer b) {
    return a + b == 0 ? null : Integer.valueOf(a + b);
  }
}
