package io.cta.agent;

import io.cta.broker.ConditionPoller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the processes of tasks in Linux's process table. */
final class TaskProcesses {
  private TaskProcesses() {}

  static void assertNone(String taskId) {
    ConditionPoller.holds("the end of the processes of " + taskId, () -> of(taskId).isEmpty());
  }

  /** The pids of living processes with the task in their environment. */
  static List<Long> of(String taskId) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> pid != ProcessHandle.current().pid() && owned(pid, taskId))
        .toList();
  }

  private static boolean owned(long pid, String taskId) {
    try {
      byte[] environment = Files.readAllBytes(Path.of("/proc/" + pid + "/environ"));
      return ("\0" + new String(environment, StandardCharsets.ISO_8859_1))
          .contains("\0CTA_TASK_ID=" + taskId + "\0");
    } catch (IOException e) {
      return false;
    }
  }
}
