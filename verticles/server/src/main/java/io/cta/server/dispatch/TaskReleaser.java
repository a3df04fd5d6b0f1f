package io.cta.server.dispatch;

import io.cta.domain.SecretGenerator;
import io.cta.domain.Task;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageSource;
import io.cta.message.MessageTypes;
import io.cta.server.dispatch.scheduling.SchedulingState;
import io.cta.server.dispatch.scheduling.TaskEntry;
import io.cta.server.dispatch.scheduling.TaskScheduler;
import io.cta.server.store.SpecRepository;
import io.cta.server.tasks.TaskWriter;
import io.cta.state.TaskFact;
import io.cta.state.TaskStateMachine;
import io.cta.state.TransitionOutcome;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out releases: stores the task, then puts it on a queue. What becomes of it there is the
 * concern of {@link ReleasedTaskWatch}. Event loop of its verticle only.
 */
final class TaskReleaser {
  private static final Logger log = LoggerFactory.getLogger(TaskReleaser.class);

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
}
