package io.cta.server.registration;

import io.cta.domain.Task;
import io.cta.message.RunningTask;
import io.cta.state.TaskPhase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Compares what the server believes to run on a machine with what the machine says. A difference
 * counts when it is seen twice in a row, as events may be on their way.
 */
final class TaskReconciler {
  /**
   * One comparison.
   *
   * @param lost believed, and unknown to the agent twice in a row
   * @param stale known to the agent, and not the task's current attempt twice in a row
   * @param sightings what the next comparison has to know
   */
  record Outcome(List<Task> lost, List<RunningTask> stale, Set<RunningTask> sightings) {}

  private TaskReconciler() {}

  /**
   * @param ofMachine the active tasks that have to do with the machine
   * @param taskOf an active task by its id, or null
   * @param settled true of a task that was acked before what the agent says now was said
   * @param before the sightings of the comparison before; empty for the first
   */
  static Outcome compare(
      Collection<Task> ofMachine,
      Function<String, Task> taskOf,
      List<RunningTask> listed,
      Predicate<Task> settled,
      Set<RunningTask> before) {
    Set<RunningTask> said = new HashSet<>(listed);
    Set<RunningTask> sightings = new HashSet<>();
    List<Task> lost = new ArrayList<>();
    for (Task task : ofMachine) {
      RunningTask believed = running(task);
      if (atWork(task)
          && settled.test(task)
          && !said.contains(believed)
          && seen(believed, before, sightings)) {
        lost.add(task);
      }
    }
    List<RunningTask> stale = new ArrayList<>();
    for (RunningTask running : said) {
      Task task = taskOf.apply(running.taskId());
      boolean current = task != null && running(task).equals(running);
      if (!current && seen(running, before, sightings)) {
        stale.add(running);
      }
    }
    return new Outcome(lost, stale, sightings);
  }

  /** True when an agent is believed to have the task. */
  static boolean atWork(Task task) {
    return switch (TaskPhase.of(task)) {
      case ACKED, RUNNING, CANCELLING -> true;
      case WAITING, RELEASED, ENDED, OVER -> false;
    };
  }

  private static boolean seen(
      RunningTask what, Set<RunningTask> before, Set<RunningTask> sightings) {
    boolean again = before.contains(what);
    if (!again) {
      sightings.add(what);
    }
    return again;
  }

  private static RunningTask running(Task task) {
    return new RunningTask(task.id(), task.attempt(), task.token());
  }
}
