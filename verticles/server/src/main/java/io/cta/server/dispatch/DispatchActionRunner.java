package io.cta.server.dispatch;

import io.cta.domain.Task;
import io.cta.server.dispatch.scheduling.ExecutionEntry;

/** Has each action carried out by the class that it concerns. Event loop of its verticle only. */
final class DispatchActionRunner implements DispatchActions {
  private final ReleasePass pass;
  private final PlanningQueue planning;
  private final ExecutionLoader executionLoader;
  private final TaskCanceller taskCanceller;
  private final ReleasedTaskWatch releasedTasks;
  private final GroupQueues groups;
  private final DeadlineHandler deadlines;

  DispatchActionRunner(
      ReleasePass pass,
      PlanningQueue planning,
      ExecutionLoader executionLoader,
      TaskCanceller taskCanceller,
      ReleasedTaskWatch releasedTasks,
      GroupQueues groups,
      DeadlineHandler deadlines) {
    this.pass = pass;
    this.planning = planning;
    this.executionLoader = executionLoader;
    this.taskCanceller = taskCanceller;
    this.releasedTasks = releasedTasks;
    this.groups = groups;
    this.deadlines = deadlines;
  }

  @Override
  public void release() {
    pass.request();
  }

  @Override
  public void plan(String executionId) {
    planning.add(executionId);
  }

  @Override
  public void planMore() {
    planning.pump();
  }

  @Override
  public void load(String executionId) {
    executionLoader.load(executionId);
  }

  @Override
  public void cancelTasks(String executionId) {
    taskCanceller.cancel(executionId);
  }

  @Override
  public void repeatCancel(Task task) {
    taskCanceller.repeat(task);
  }

  @Override
  public void resend(String machineId) {
    releasedTasks.arrived(machineId);
  }

  @Override
  public void takeBack(String machineId) {
    releasedTasks.departed(machineId);
  }

  @Override
  public void drop(ExecutionEntry over) {
    groups.close(over);
    deadlines.over(over.executionId);
  }
}
