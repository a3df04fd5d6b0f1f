package io.cta.server.registration;

import io.cta.domain.AttemptRef;
import io.cta.domain.Task;
import io.cta.state.AttemptFence;
import io.cta.state.TaskPhase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Compares the tasks that the server believes to run on a machine with those the agent reports. A
 * difference counts only when it is seen twice in a row, because events may be on their way. Pure.
 */
final class TaskReconciler {
  /**
   * Result of a comparison.
   *
   * @param lost tasks believed to run, and twice in a row not reported by the agent
   * @param stale attempts reported by the agent, and twice in a row not the task's current one
   * @param sightings differences seen for the first time, for the next comparison
   */
  record Outcome(List<Task> lost, List<AttemptRef> stale, Set<AttemptRef> sightings) {}

  private TaskReconciler() {}

  /**
   * @param machineId of the agent that reports
   * @param ofMachine the active tasks of the machine
   * @param taskOf an active task by its id, or null
   * @param settled true for a task that was acked before the agent sent this report
   * @param before the sightings of the previous comparison; empty for the first
   */
  static Outcome compare(
      String machineId,
      Collection<Task> ofMachine,
      Function<String, Task> taskOf,
      List<AttemptRef> listed,
      Predicate<Task> settled,
      Set<AttemptRef> before) {
    Set<AttemptRef> reported = new HashSet<>(listed);
    Set<AttemptRef> sightings = new HashSet<>();
    List<Task> lost = new ArrayList<>();
    for (Task task : ofMachine) {
      AttemptRef believed = AttemptRef.of(task);
      if (heldByAgent(task)
          && settled.test(task)
          && !reported.contains(believed)
          && seenBefore(believed, before, sightings)) {
        lost.add(task);
      }
    }
    List<AttemptRef> stale = new ArrayList<>();
    for (AttemptRef running : reported) {
      Task task = taskOf.apply(running.taskId());
      boolean current = task != null && AttemptFence.isCurrent(task, running, machineId);
      if (!current && seenBefore(running, before, sightings)) {
        stale.add(running);
      }
    }
    return new Outcome(lost, stale, Set.copyOf(sightings));
  }

  /** True when an agent is believed to hold the task. */
  static boolean heldByAgent(Task task) {
    return switch (TaskPhase.of(task)) {
      case ACKED, RUNNING, CANCELLING -> true;
      case WAITING, RELEASED, ENDED, OVER -> false;
    };
  }

  private static boolean seenBefore(
      AttemptRef what, Set<AttemptRef> before, Set<AttemptRef> sightings) {
    boolean again = before.contains(what);
    if (!again) {
      sightings.add(what);
    }
    return again;
  }
}
