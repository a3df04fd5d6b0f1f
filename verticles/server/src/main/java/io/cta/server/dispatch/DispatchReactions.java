package io.cta.server.dispatch;

import io.cta.bus.DispatchRequest;
import io.cta.bus.MachineChanged;
import io.cta.domain.AskedExecution;
import io.cta.domain.Execution;
import io.cta.domain.Task;
import io.cta.server.dispatch.scheduling.ExecutionEntry;
import io.cta.server.dispatch.scheduling.MachineFeedback;
import io.cta.server.dispatch.scheduling.MachineFleet;
import io.cta.server.dispatch.scheduling.SchedulingState;
import io.cta.state.TaskPhase;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Takes changes of tasks, machines and executions into the {@link SchedulingState}, and decides
 * what they make dispatch do. Does no I/O. Event loop of its verticle only.
 */
final class DispatchReactions implements ExecutionStartHandler.Listener {
  private final SchedulingState schedulingState;
  private final MachineFeedback feedback;
  private final Function<String, Collection<Task>> tasksOfExecution;
  private final Function<String, Collection<Task>> tasksOfMachine;
  private final DispatchActions actions;
  private boolean ready;

  /**
   * @param tasksOfExecution the tasks of an execution that are not over
   * @param tasksOfMachine the tasks of a machine that are not over
   */
  DispatchReactions(
      SchedulingState schedulingState,
      MachineFeedback feedback,
      Function<String, Collection<Task>> tasksOfExecution,
      Function<String, Collection<Task>> tasksOfMachine,
      DispatchActions actions) {
    this.schedulingState = schedulingState;
    this.feedback = feedback;
    this.tasksOfExecution = tasksOfExecution;
    this.tasksOfMachine = tasksOfMachine;
    this.actions = actions;
  }

  /** Everything has been read from the store; before that, changes are only taken in. */
  void begin() {
    ready = true;
    List.copyOf(schedulingState.executions()).forEach(this::closeIfOver);
  }

  /** From now on, changes are only taken in. */
  void end() {
    ready = false;
  }

  /**
   * @param before the task as it was, null when it is new here
   */
  void taskChanged(Task before, Task now) {
    if (!schedulingState.put(now)) {
      if (ready && !now.state().terminal()) {
        actions.load(now.executionId());
      }
      return;
    }
    feedback.changed(before, now);
    if (TaskPhase.of(now) == TaskPhase.OVER) {
      closeIfOver(schedulingState.execution(now.executionId()));
      actions.planMore();
    }
    actions.release();
  }

  void machineChanged(MachineChanged now) {
    MachineFleet.Change change = schedulingState.fleet.changed(now);
    if (ready && change.came()) {
      came(change);
    } else if (ready && change.went()) {
      actions.takeBack(change.machine().id());
    }
    if (change.usable()) {
      actions.release(); // most announcements tell of another load only: those release nothing
    }
  }

  private void came(MachineFleet.Change change) {
    String machineId = change.machine().id();
    change.machine().accepts();
    actions.resend(machineId);
    tasksOfMachine.apply(machineId).stream()
        .filter(task -> TaskPhase.of(task) == TaskPhase.CANCELLING)
        .forEach(actions::repeatCancel);
  }

  /** This node has planned an execution, and its tasks are in the store. */
  void executionPlanned(Execution execution) {
    // an earlier planning that was cut off may have made tasks, which came before their execution
    takeInTasks(execution.id());
    if (execution.cancelRequestedAt() != null) {
      cancel(execution.id());
    }
    closeIfOver(schedulingState.execution(execution.id()));
  }

  /** Another node has planned an execution, which was read from the store. */
  void executionLoaded(AskedExecution asked) {
    schedulingState.open(asked).complete = true;
    takeInTasks(asked.id());
  }

  /** What the inputs of an execution are may be known now: then all its tasks may begin. */
  void inputsResolved(Execution execution) {
    ExecutionEntry executionEntry = schedulingState.execution(execution.id());
    if (executionEntry != null && executionEntry.isResolving() && !execution.resolving()) {
      executionEntry.resolved(execution);
      actions.release();
    }
  }

  @Override
  public void started(ExecutionEntry executionEntry) {
    actions.release();
    closeIfOver(executionEntry);
  }

  @Override
  public void freed() {
    actions.release();
  }

  /** The store says that somebody wants an execution to end. */
  void endWanted(Execution execution) {
    ExecutionEntry executionEntry = schedulingState.execution(execution.id());
    if (execution.planned() && (executionEntry == null || !executionEntry.stopped)) {
      cancel(execution.id());
    }
  }

  /** Another node has passed on what it was asked. */
  void called(DispatchRequest call) {
    if (call.cancel()) {
      cancel(call.executionId());
    } else {
      actions.plan(call.executionId());
    }
  }

  void cancel(String executionId) {
    stop(executionId);
    actions.cancelTasks(executionId);
  }

  /** Prepares the cancel of an execution: no more of its tasks are released. */
  void stop(String executionId) {
    // one that is being planned is looked at again once it has its tasks
    actions.plan(executionId);
    ExecutionEntry executionEntry = schedulingState.execution(executionId);
    if (executionEntry != null) {
      executionEntry.stopped = true;
    }
  }

  private void takeInTasks(String executionId) {
    List.copyOf(tasksOfExecution.apply(executionId)).forEach(schedulingState::put);
    actions.release();
  }

  private void closeIfOver(ExecutionEntry executionEntry) {
    if (executionEntry != null && executionEntry.isOver()) {
      actions.drop(executionEntry);
      schedulingState.close(executionEntry);
    }
  }
}
