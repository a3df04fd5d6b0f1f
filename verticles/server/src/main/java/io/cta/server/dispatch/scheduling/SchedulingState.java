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
 * Holds every task that is not terminal, indexed so that the scheduler need not look at all of
 * them: waiting executions are in lanes by priority, group and criteria, and each slot in use is
 * counted for its machine, its group and its execution. Does no I/O. Event loop of its verticle
 * only.
 */
public final class SchedulingState {
  public final MachineFleet fleet;
  private final MonotonicClock ticker;
  private final Map<String, ExecutionEntry> executions = new LinkedHashMap<>();
  private final Map<String, TaskEntry> tasks = new HashMap<>();
  private final ReleasedTaskIndex released = new ReleasedTaskIndex();
  private final BoundTaskIndex bound = new BoundTaskIndex();
  private final Map<String, Integer> working = new HashMap<>();
  private final Map<LaneKey, WaitingLane> lanes = new LinkedHashMap<>();

  /**
   * The lane whose last execution was just taken out; null when there is none. It is dropped a step
   * later, because an execution that is put back at once must find its lane: the lane knows since
   * when it waits.
   */
  private WaitingLane emptied;

  public SchedulingState(MachineFleet fleet, MonotonicClock ticker) {
    this.fleet = fleet;
    this.ticker = ticker;
    fleet.watch(bound::changed);
  }

  /** The entry of an execution; adds one if there is none. */
  public ExecutionEntry open(AskedExecution asked) {
    return executions.computeIfAbsent(
        asked.id(),
        id ->
            new ExecutionEntry(
                asked, fleet.join(MachineCriteria.of(asked.snapshot().configuration()))));
  }

  /** The entry of an execution, or null. */
  public ExecutionEntry execution(String executionId) {
    return executions.get(executionId);
  }

  public Collection<ExecutionEntry> executions() {
    return executions.values();
  }

  TaskEntry task(String taskId) {
    return tasks.get(taskId);
  }

  public int size() {
    return tasks.size();
  }

  /** Tasks on a queue that no agent has acked. */
  public Collection<TaskEntry> released() {
    return released.all();
  }

  /** Tasks on the queue of one machine that it has not acked. */
  public List<TaskEntry> released(String machineId) {
    return released.sentTo(machineId);
  }

  /** The lanes with waiting executions, in no order. */
  public Collection<WaitingLane> lanes() {
    return lanes.values();
  }

  /** How many tasks of a group have a slot. */
  int working(String group) {
    return working.getOrDefault(group, 0);
  }

  /** Takes in a task as it is now; false when its execution has no entry here. */
  public boolean put(Task task) {
    ExecutionEntry executionEntry = executions.get(task.executionId());
    if (executionEntry == null) {
      return false;
    }
    TaskEntry taskEntry = tasks.get(task.id());
    if (taskEntry == null) {
      if (task.state().terminal()) {
        return true;
      }
      taskEntry = new TaskEntry(executionEntry, task, ticker.nanos());
      executionEntry.pooled |= !task.bound();
      tasks.put(task.id(), taskEntry);
      executionEntry.tasks.put(task.id(), taskEntry);
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

  /** Keeps a slot of a machine for a task that is being released. */
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

  /** Keeps the slot of another machine, or none, for a task on a group queue. */
  public void rereserve(TaskEntry taskEntry, String machineId) {
    unfile(taskEntry);
    taskEntry.reserved = machineId;
    file(taskEntry);
  }

  /** Gives back the slot of a task whose release failed. */
  public void unreserve(TaskEntry taskEntry) {
    if (taskEntry.releasing) {
      unfile(taskEntry);
      taskEntry.releasing = false;
      taskEntry.reserved = null;
      file(taskEntry);
    }
  }

  /** Removes an execution and all its tasks. */
  public void close(ExecutionEntry executionEntry) {
    if (executions.remove(executionEntry.executionId, executionEntry)) {
      executionEntry.tasks.values().forEach(this::unfile);
      dropEmptied();
      executionEntry.tasks.keySet().forEach(tasks::remove);
      fleet.leave(executionEntry.pool);
    }
  }

  /**
   * Handles a task that was pulled by another machine than the one whose slot was kept for it. The
   * puller's slot may have been kept for a second task of the execution: that task gets the first
   * one's slot, else the scheduler would take a slot for free that has a task coming.
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
        tasks.remove(t.task.id());
        t.executionEntry.tasks.remove(t.task.id());
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
    if (emptied != null && emptied.executions.isEmpty()) {
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
        .executions
        .put(t.executionEntry.executionId, t.executionEntry);
  }

  private void unqueue(TaskEntry t) {
    ExecutionEntry executionEntry = t.executionEntry;
    executionEntry.waiting.remove(t.task.ordinal());
    bound.remove(t);
    if (executionEntry.waiting.isEmpty()) {
      WaitingLane lane = lanes.get(executionEntry.lane());
      lane.executions.remove(executionEntry.executionId);
      emptied = lane;
    }
  }

  private static Integer sum(Integer a, Integer b) {
    return a + b == 0 ? null : Integer.valueOf(a + b);
  }
}
