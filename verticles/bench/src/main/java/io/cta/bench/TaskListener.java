package io.cta.bench;

/** Hears, on event loops of agents, what becomes of the tasks that they run. */
interface TaskListener {
  TaskListener NONE = new TaskListener() {};

  /** The task of this execution would start its first process now. */
  default void started(String executionId) {}

  /** The server has confirmed the statuses and the end of the task. */
  default void ended(String executionId) {}
}
