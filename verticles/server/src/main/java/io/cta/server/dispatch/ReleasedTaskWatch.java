package io.cta.server.dispatch;

import io.cta.domain.Task;
import io.cta.server.dispatch.scheduling.FleetMachine;
import io.cta.server.dispatch.scheduling.SchedulingState;
import io.cta.server.dispatch.scheduling.TaskEntry;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.TaskFact;
import io.cta.state.TaskPhase;
import io.cta.time.TimeSource;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after released tasks until an agent has acked them: sends them again, finds them slots of
 * other machines, takes them back. Event loop of its verticle only.
 */
final class ReleasedTaskWatch {
  private static final Logger log = LoggerFactory.getLogger(ReleasedTaskWatch.class);

  /** How many times the pause before sending again is doubled at most. */
  private static final int MAX_DOUBLINGS = 5;

  private final SchedulingState schedulingState;
  private final TaskReleaser releaser;
  private final TaskWriter writer;
  private final GroupQueues groups;
  private final DispatchSettings settings;
  private final TimeSource time;

  ReleasedTaskWatch(
      SchedulingState schedulingState,
      TaskReleaser releaser,
      TaskWriter writer,
      GroupQueues groups,
      DispatchSettings settings,
      TimeSource time) {
    this.schedulingState = schedulingState;
    this.releaser = releaser;
    this.writer = writer;
    this.groups = groups;
    this.settings = settings;
    this.time = time;
  }

  /**
   * Treats tasks that an earlier server released as sent just now. An agent may have such a task in
   * its journal, and must have the time to say so before another agent gets the task.
   *
   * @param alone true without a cluster: then only tasks on group queues are treated so. In one,
   *     the queues of machines have outlived the other node, too.
   */
  void recovered(boolean alone) {
    long now = time.nanos();
    schedulingState.released().stream()
        .filter(taskEntry -> !alone || taskEntry.task.machineId() == null)
        .forEach(taskEntry -> taskEntry.sentAt = now);
  }

  /**
   * Sends released tasks again that nobody has acked, keeps slots of other machines for them, and
   * takes back those whose machine is away for too long.
   */
  void tend() {
    long now = time.nanos();
    schedulingState.fleet.wake(now);
    for (TaskEntry taskEntry : List.copyOf(schedulingState.released())) {
      if (TaskPhase.of(taskEntry.task) == TaskPhase.RELEASED) {
        tend(taskEntry, now);
      }
    }
  }

  /** Sends a machine that came online again what may never have reached it. */
  void arrived(String machineId) {
    for (TaskEntry taskEntry : schedulingState.released(machineId)) {
      if (TaskPhase.of(taskEntry.task) == TaskPhase.RELEASED) {
        releaser.publish(taskEntry, taskEntry.task);
      }
    }
  }

  /** Takes back what a machine that went offline has not acked, except tasks bound to it. */
  void departed(String machineId) {
    schedulingState
        .executions()
        .forEach(executionEntry -> executionEntry.invited.remove(machineId));
    for (TaskEntry taskEntry : schedulingState.released(machineId)) {
      if (!taskEntry.task.bound() && TaskPhase.of(taskEntry.task) == TaskPhase.RELEASED) {
        withdraw(taskEntry);
      }
    }
  }

  private void tend(TaskEntry taskEntry, long now) {
    String machineId = taskEntry.task.machineId();
    FleetMachine machine = machineId == null ? null : schedulingState.fleet.get(machineId);
    if (machineId == null) {
      keepSlot(taskEntry);
    } else if (machine == null || !machine.online()) {
      taskEntry.awaySince = taskEntry.awaySince == null ? Long.valueOf(now) : taskEntry.awaySince;
      if (!taskEntry.task.bound() && now - taskEntry.awaySince > settings.lease().toNanos()) {
        withdraw(taskEntry);
      }
      return;
    }
    taskEntry.awaySince = null;
    if (now - taskEntry.sentAt > patience(taskEntry).toNanos()) {
      taskEntry.sends++;
      releaser.publish(taskEntry, taskEntry.task);
    }
  }

  /** Keeps another slot for a task on a group queue when the machine of its slot is gone. */
  private void keepSlot(TaskEntry taskEntry) {
    FleetMachine kept =
        taskEntry.reserved == null ? null : schedulingState.fleet.get(taskEntry.reserved);
    if (kept != null && kept.takes()) {
      groups.invite(taskEntry.executionEntry, kept.id());
      return;
    }
    FleetMachine other = taskEntry.executionEntry.pool.best(taskEntry.avoided());
    schedulingState.rereserve(taskEntry, other == null ? null : other.id());
    if (other != null) {
      groups.invite(taskEntry.executionEntry, other.id());
    }
  }

  private void withdraw(TaskEntry taskEntry) {
    Task task = taskEntry.task;
    writer
        .apply(
            task.id(),
            new TaskFact.Withdrawn(
                task.attempt(),
                task.token(),
                "its machine went offline before it took it",
                time.now()))
        .onFailure(e -> log.warn("task not withdrawn [task: {}]", task.id(), e));
  }

  /** How long to wait for an ack before sending again. */
  private Duration patience(TaskEntry taskEntry) {
    return settings.resend().multipliedBy(1L << Math.min(taskEntry.sends, MAX_DOUBLINGS));
  }
}
