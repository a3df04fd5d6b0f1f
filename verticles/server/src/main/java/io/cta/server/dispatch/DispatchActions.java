package io.cta.server.dispatch;

import io.cta.domain.Task;
import io.cta.server.dispatch.scheduling.ExecutionEntry;

/**
 * What a change may make dispatch do. Each action returns at once, and logs its failure if it has
 * one.
 */
interface DispatchActions {
  /** Releases the waiting tasks for which there is a slot now. */
  void release();

  /** Plans an execution that may have no tasks yet. */
  void plan(String executionId);

  /** Plans the executions for which there is room now. */
  void planMore();

  /** Reads an execution that another node has planned. */
  void load(String executionId);

  /** Cancels all tasks of an execution. */
  void cancelTasks(String executionId);

  /** Tells the machine of a cancelled task once more to stop it. */
  void repeatCancel(Task task);

  /** Sends a machine again what it has not acked. */
  void resend(String machineId);

  /** Gives other machines what this one has not acked. */
  void takeBack(String machineId);

  /** Drops what is kept for an execution while it has tasks: its queue and its deadline. */
  void drop(ExecutionEntry over);
}
