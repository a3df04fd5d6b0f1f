package io.cta.server.dispatch;

import io.cta.domain.SecretGenerator;
import io.cta.domain.Task;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageSource;
import io.cta.message.MessageTypes;
import io.cta.server.dispatch.scheduling.FleetMachine;
import io.cta.server.dispatch.scheduling.SchedulingState;
import io.cta.server.dispatch.scheduling.TaskEntry;
import io.cta.server.dispatch.scheduling.TaskScheduler;
import io.cta.server.store.SpecRepository;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.TaskFact;
import io.cta.state.TaskPhase;
import io.cta.state.TaskStateMachine;
import io.cta.state.TransitionOutcome;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out releases: stores the task, then puts it on a queue, again and again until an agent
 * has acked it. Event loop of its verticle only.
 */
final class TaskReleaser {
  private static final Logger log = LoggerFactory.getLogger(TaskReleaser.class);

  /** How many times the pause before sending again is doubled at most. */
  private static final int MAX_DOUBLINGS = 5;

  private final SchedulingState schedulingState;
  private final TaskWriter writer;
  private final SpecRepository specs;
  private final MachineQueues machines;
  private final GroupQueues groups;
  private final DispatchSettings settings;
  private final TimeSource time;

  TaskReleaser(
      SchedulingState schedulingState,
      TaskWriter writer,
      SpecRepository specs,
      MachineQueues machines,
      GroupQueues groups,
      DispatchSettings settings,
      TimeSource time) {
    this.schedulingState = schedulingState;
    this.writer = writer;
    this.specs = specs;
    this.machines = machines;
    this.groups = groups;
    this.settings = settings;
    this.time = time;
  }

  /** Stores a release, then puts the task on its queue. */
  void release(TaskScheduler.Release release) {
    TaskEntry taskEntry = release.entry();
    writer
        .apply(taskEntry.task.id(), fact(release))
        .compose(
            step -> {
              if (step instanceof TransitionOutcome.Moved moved) {
                return begin(taskEntry, moved.task());
              }
              schedulingState.unreserve(taskEntry);
              return Future.succeededFuture();
            })
        .onFailure(
            e -> {
              schedulingState.unreserve(taskEntry);
              log.warn("task not released [task: {}]", taskEntry.task.id(), e);
            });
  }

  /** The released task; the caller must store it, then call {@link #begin}. */
  Task released(TaskScheduler.Release release) {
    Task task = release.entry().task;
    return TaskStateMachine.apply(task, fact(release)) instanceof TransitionOutcome.Moved moved
        ? moved.task()
        : task;
  }

  private TaskFact fact(TaskScheduler.Release release) {
    TaskEntry taskEntry = release.entry();
    taskEntry.sentAt = time.nanos(); // it is on its way and must not be sent again meanwhile
    // the queue of the execution would hand the task to any machine: name one if some are to be
    // avoided
    boolean pulled = taskEntry.executionEntry.shared() && taskEntry.avoided().isEmpty();
    return new TaskFact.Released(
        SecretGenerator.next(), pulled ? null : release.machine().id(), time.now());
  }

  /**
   * Puts an attempt that was just stored on its queue. If that is a group queue, the machine whose
   * slot was kept is invited to it.
   */
  Future<Void> begin(TaskEntry taskEntry, Task task) {
    if (task.machineId() == null && taskEntry.reserved != null) {
      groups.invite(taskEntry.executionEntry, taskEntry.reserved);
    }
    return publish(taskEntry, task);
  }

  /** Puts the current attempt on its queue, perhaps not for the first time. */
  Future<Void> publish(TaskEntry taskEntry, Task task) {
    taskEntry.sentAt = time.nanos();
    return specs
        .get(task.executionId())
        .compose(
            spec -> {
              MessageEnvelope command =
                  MessageEnvelope.of(
                      MessageTypes.TASK_RUN,
                      MessageSource.SERVER,
                      TaskCommands.command(
                          task, spec.snapshot(), taskEntry.executionEntry, settings.logLimit()));
              return task.machineId() == null
                  ? groups.publish(taskEntry.executionEntry, command)
                  : machines.send(task.machineId(), command);
            })
        .recover(
            e -> {
              log.warn("task not on its queue yet [task: {}]", task.id(), e);
              return Future.succeededFuture(); // it will be sent again
            });
  }

  /**
   * Treats tasks that an earlier server released as sent just now. An agent may have such a task in
   * its journal, and must have the time to say so before another agent gets the task. Alone, the
   * queues of machines went down with the earlier server, and only group queues matter.
   *
   * @param alone false in a cluster, where the queues of machines have outlived the other node
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
        publish(taskEntry, taskEntry.task);
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
      publish(taskEntry, taskEntry.task);
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
