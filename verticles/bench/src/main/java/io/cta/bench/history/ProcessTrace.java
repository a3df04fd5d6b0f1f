package io.cta.bench.history;

import java.time.Instant;

/**
 * What one test process wrote down itself.
 *
 * @param test the test's name
 * @param machine name of the machine, null when the process was killed before it could say
 * @param exit how it ended, null when it did not get there
 */
public record ProcessTrace(
    String taskId,
    int attempt,
    String test,
    long pid,
    String machine,
    Instant begunAt,
    Integer exit) {
  /** The attempt that the process was started for. */
  public String run() {
    return taskId + "." + attempt;
  }

  /** The test of the attempt on that machine, which begins once. */
  String on() {
    return run() + " " + test + " " + machine;
  }

  /** The execution's id, which is the task's without its ordinal. */
  public String executionId() {
    return executionOf(taskId);
  }

  public static String executionOf(String taskId) {
    int dash = taskId.lastIndexOf('-');
    return dash < 0 ? taskId : taskId.substring(0, dash);
  }
}
