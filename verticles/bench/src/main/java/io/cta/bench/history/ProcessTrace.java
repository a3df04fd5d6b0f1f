package io.cta.bench.history;

import java.time.Instant;

/**
 * What one test process wrote about itself.
 *
 * @param test name of the test
 * @param machine name of the machine, null if the process was killed before it wrote it
 * @param exit exit code, null if the process was killed before it wrote it
 */
public record ProcessTrace(
    String taskId,
    int attempt,
    String test,
    long pid,
    String machine,
    Instant begunAt,
    Integer exit) {
  /** Identifies the attempt for which the process was started. */
  public String run() {
    return taskId + "." + attempt;
  }

  /** Identifies the test of the attempt on its machine, which may begin only once. */
  String on() {
    return run() + " " + test + " " + machine;
  }

  /** Returns the execution's id, which is the task's id without the ordinal. */
  public String executionId() {
    return executionOf(taskId);
  }

  public static String executionOf(String taskId) {
    int dash = taskId.lastIndexOf('-');
    return dash < 0 ? taskId : taskId.substring(0, dash);
  }
}
