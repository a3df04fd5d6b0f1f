package io.cta.server.dispatch.scheduling;

import io.cta.domain.AskedExecution;
import io.cta.domain.Task;
import io.cta.state.TaskPhase;
import io.cta.time.MonotonicClock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every task that is not terminal, filed so that the scheduler finds what it needs without looking
 * at all of them: waiting runs in lanes by priority, group and criteria, slots and runs by who uses
 * them. Does no I/O. Event loop of its verticle only.
 */
public final class SchedulingState {
  public final MachineFleet fleet;
  private final MonotonicClock ticker;
  private final Map<String, ExecutionEntry> runs = new LinkedHashMap<>();
  private final Map<String, TaskEntry> tickets = new HashMap<>();
  private final ReleasedTaskIndex released = new ReleasedTaskIndex();
  private final BoundTaskIndex bound = new BoundTaskIndex();
  private final Map<String, Integer> working = new HashMap<>();
  private final Map<LaneKey, WaitingLane> lanes = new LinkedHashMap<>();

  /**
   * The lane that lost its last run, unless that is put back at once: a lane knows how long it
   * waits.
   */
  private WaitingLane emptied;

  public SchedulingState(MachineFleet fleet, MonotonicClock ticker) {
    this.fleet = fleet;
    this.ticker = ticker;
    fleet.watch(bound::changed);
  }

  /** The run of an execution, made when it is not there. */
  public ExecutionEntry open(AskedExecution asked) {
    return runs.computeIfAbsent(
        asked.id(),
        id ->
            new ExecutionEntry(
                asked, fleet.join(MachineCriteria.of(asked.snapshot().configuration()))));
  }

  /** The run, or null. */
  public ExecutionEntry run(String executionId) {
    return runs.get(executionId);
  }

  public Collection<ExecutionEntry> runs() {
    return runs.values();
  }

  TaskEntry ticket(String taskId) {
    return tickets.get(taskId);
  }

  public int size() {
    return tickets.size();
  }

  /** Tickets on a queue that no agent has acked. */
  public Collection<TaskEntry> released() {
    return released.all();
  }

  /** Those of them on the queue of that machine. */
  public List<TaskEntry> released(String machineId) {
    return released.sentTo(machineId);
  }

  /** Those with waiting runs, in no order. */
  public Collection<WaitingLane> lanes() {
    return lanes.values();
  }

  /** How many tasks of a group have a slot. */
  int working(String group) {
    return working.getOrDefault(group, 0);
  }

  /** Files a task as it now is; false when its run is not on the board. */
  public boolean put(Task task) {
    ExecutionEntry executionEntry = runs.get(task.executionId());
    if (executionEntry == null) {
      return false;
    }
    TaskEntry taskEntry = tickets.get(task.id());
    if (taskEntry == null) {
      if (task.state().terminal()) {
        return true;
      }
      taskEntry = new TaskEntry(executionEntry, task, ticker.nanos());
      executionEntry.pooled |= !task.bound();
      tickets.put(task.id(), taskEntry);
      executionEntry.tickets.put(task.id(), taskEntry);
    }
    unfile(taskEntry);
    if (TaskPhase.of(task) != TaskPhase.WAITING || task.attempt() != taskEntry.task.attempt()) {
      taskEntry.releasing = false; // else it is an older change that overlapped with the release
    }
    if (task.attempt() != taskEntry.task.attempt()) {
      taskEntry.sends = 0;
    }
    taskEntry.task = task;
    file(taskEntry);
    swap(taskEntry);
    if (executionEntry.shared() && task.machineId() != null) {
      executionEntry.guests.add(task.machineId());
    }
    if (task.attempt() > 0) {
      executionEntry.begun = true;
    }
    return true;
  }

  /** A slot of a machine is the ticket's from now on, until the store says otherwise. */
  void reserve(TaskEntry taskEntry, String machineId) {
    unfile(taskEntry);
    taskEntry.releasing = true;
    taskEntry.reserved = machineId;
    taskEntry.executionEntry.begun = true;
    file(taskEntry);
    WaitingLane lane = lanes.get(taskEntry.executionEntry.lane());
    if (lane != null) {
      lane.served();
    }
  }

  /** Another machine's slot, or none for now, is kept for a ticket that a group queue has. */
  public void rereserve(TaskEntry taskEntry, String machineId) {
    unfile(taskEntry);
    taskEntry.reserved = machineId;
    file(taskEntry);
  }

  /** The release did not come about. */
  public void unreserve(TaskEntry taskEntry) {
    if (taskEntry.releasing) {
      unfile(taskEntry);
      taskEntry.releasing = false;
      taskEntry.reserved = null;
      file(taskEntry);
    }
  }

  /** Takes a run with all its tickets away. */
  public void close(ExecutionEntry executionEntry) {
    if (runs.remove(executionEntry.executionId, executionEntry)) {
      executionEntry.tickets.values().forEach(this::unfile);
      dropEmptied();
      executionEntry.tickets.keySet().forEach(tickets::remove);
      fleet.leave(executionEntry.pool);
    }
  }

  /**
   * A machine other than the one with the reserved slot has pulled it: the task whose slot it was
   * going to take gets the reserved one, so that no slot looks free that is spoken for.
   */
  private void swap(TaskEntry taken) {
    String reserved = taken.reserved;
    taken.reserved = taken.filed == TaskPhase.RELEASED ? reserved : null;
    if (reserved == null || taken.holder == null || reserved.equals(taken.holder)) {
      return;
    }
    for (TaskEntry other : taken.executionEntry.released.values()) {
      if (taken.holder.equals(other.reserved) && other.task.machineId() == null) {
        rereserve(other, reserved);
        return;
      }
    }
  }

  private void file(TaskEntry t) {
    TaskPhase phase = t.phase();
    t.filed = phase;
    t.holder = t.holderNow();
    switch (phase) {
      case WAITING -> queue(t);
      case RELEASED, ACKED, RUNNING, CANCELLING -> {
        use(t, 1);
        if (phase == TaskPhase.RELEASED) {
          released.add(t);
          t.executionEntry.released.put(t.task.id(), t);
        }
      }
      case ENDED -> {}
      case OVER -> {
        tickets.remove(t.task.id());
        t.executionEntry.tickets.remove(t.task.id());
      }
    }
    dropEmptied();
  }

  private void unfile(TaskEntry t) {
    if (t.filed == null) {
      return;
    }
    dropEmptied();
    switch (t.filed) {
      case WAITING -> unqueue(t);
      case RELEASED, ACKED, RUNNING, CANCELLING -> {
        use(t, -1);
        released.remove(t);
        t.executionEntry.released.remove(t.task.id());
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

  private void use(TaskEntry t, int n) {
    working.merge(t.executionEntry.group, n, SchedulingState::sum);
    if (t.holder != null) {
      fleet.use(t.holder, n);
      t.executionEntry.atWork.merge(t.holder, n, SchedulingState::sum);
    }
  }

  private void queue(TaskEntry t) {
    t.executionEntry.waiting.put(t.task.ordinal(), t);
    bound.add(t, fleet.isOpen(t.task.machineId()));
    lanes
        .computeIfAbsent(t.executionEntry.lane(), WaitingLane::new)
        .runs
        .put(t.executionEntry.executionId, t.executionEntry);
  }

  private void unqueue(TaskEntry t) {
    ExecutionEntry executionEntry = t.executionEntry;
    executionEntry.waiting.remove(t.task.ordinal());
    bound.remove(t);
    if (executionEntry.waiting.isEmpty()) {
      WaitingLane lane = lanes.get(executionEntry.lane());
      lane.runs.remove(executionEntry.executionId);
      emptied = lane;
    }
  }

  private static Integer sum(Integer a, Integer b) {
    return a + b == 0 ? null : Integer.valueOf(a + b);
  }
}
