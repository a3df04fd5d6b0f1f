package io.cta.bench;

/** Is told what happens to the tasks of simulated agents, on the event loops of these agents. */
interface TaskListener {
  TaskListener NONE = new TaskListener() {};

  /**
   * The agent has received the task of this execution; a real one would start its first process
   * now.
   */
  default void started(String executionId) {}

  /** The server has confirmed the statuses and the end of the task. */
  default void ended(String executionId) {}
}
