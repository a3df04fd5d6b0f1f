package io.cta.server.dispatch.scheduling;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Waiting tasks that are bound to a machine, by that machine. It keeps {@link ExecutionEntry#ready}
 * up to date, so that the scheduler finds a task that can go among many that cannot. Event loop of
 * its verticle only.
 */
final class BoundTaskIndex {
  private final Map<String, Set<TaskEntry>> waiting = new HashMap<>();

  /**
   * @param open true when its machine could take it now
   */
  void add(TaskEntry t, boolean open) {
    if (t.task.bound()) {
      waiting.computeIfAbsent(t.task.machineId(), id -> new LinkedHashSet<>(2)).add(t);
      file(t, open);
    }
  }

  void remove(TaskEntry t) {
    if (t.task.bound()) {
      Set<TaskEntry> those = waiting.get(t.task.machineId());
      those.remove(t);
      if (those.isEmpty()) {
        waiting.remove(t.task.machineId());
      }
      file(t, false);
    }
  }

  /** A machine opened, or is no longer open. */
  void changed(String machineId, boolean open) {
    waiting.getOrDefault(machineId, Set.of()).forEach(t -> file(t, open));
  }

  private static void file(TaskEntry t, boolean open) {
    if (open) {
      t.executionEntry.ready.put(t.task.ordinal(), t);
    } else {
      t.executionEntry.ready.remove(t.task.ordinal());
    }
  }
}
