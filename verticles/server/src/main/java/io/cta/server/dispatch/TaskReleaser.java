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

/** Carries releases out: first the store, then the queue; and again until someone has acked. */
final class TaskReleaser {
  private static final Logger log = LoggerFactory.getLogger(TaskReleaser.class);
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

  /** The task as its release leaves it; the caller stores it, then lets it {@link #begin}. */
  Task released(TaskScheduler.Release release) {
    Task task = release.entry().task;
    return TaskStateMachine.apply(task, fact(release)) instanceof TransitionOutcome.Moved moved
        ? moved.task()
        : task;
  }

  private TaskFact fact(TaskScheduler.Release release) {
    TaskEntry taskEntry = release.entry();
    taskEntry.sentAt = time.nanos(); // on its way: not to be sent again meanwhile
    // the machine is named when the queue must not hand the task to one that broke or declined it
    boolean pulled = taskEntry.executionEntry.shared() && taskEntry.avoided().isEmpty();
    return new TaskFact.Released(
        SecretGenerator.next(), pulled ? null : release.machine().id(), time.now());
  }

  /**
   * Puts an attempt on its queue that was just stored; one of a group is made known to a machine.
   */
  Future<Void> begin(TaskEntry taskEntry, Task task) {
    if (task.machineId() == null && taskEntry.reserved != null) {
      groups.invite(taskEntry.executionEntry, taskEntry.reserved);
    }
    return publish(taskEntry, task);
  }

  /** Puts the current attempt on its queue (again). */
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
                      TaskCommands.command(task, spec.snapshot(), settings.logLimit()));
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
   * What a server before this one put on a group's queue may be in an agent's journal by now: it
   * has as long for saying so as if it had just been sent, lest another agent runs it too. In a
   * cluster that goes for machines' queues as well: they have outlived the other node.
   */
  void recovered(boolean alone) {
    long now = time.nanos();
    schedulingState.released().stream()
        .filter(taskEntry -> !alone || taskEntry.task.machineId() == null)
        .forEach(taskEntry -> taskEntry.sentAt = now);
  }

  /** Looks after released tickets: sends again, finds other machines, takes back. */
  void tend() {
    long now = time.nanos();
    schedulingState.fleet.wake(now);
    for (TaskEntry taskEntry : List.copyOf(schedulingState.released())) {
      if (TaskPhase.of(taskEntry.task) == TaskPhase.RELEASED) {
        tend(taskEntry, now);
      }
    }
  }

  /** A machine came up: what it was sent may never have reached it. */
  void arrived(String machineId) {
    for (TaskEntry taskEntry : schedulingState.released(machineId)) {
      if (TaskPhase.of(taskEntry.task) == TaskPhase.RELEASED) {
        publish(taskEntry, taskEntry.task);
      }
    }
  }

  /** A machine went: what it did not ack goes elsewhere, unless it is bound to it. */
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

  /** The slot kept for a task on a group queue must be one of a machine that is there. */
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

  private Duration patience(TaskEntry taskEntry) {
    return settings.resend().multipliedBy(1L << Math.min(taskEntry.sends, MAX_DOUBLINGS));
  }
}
