package io.cta.server.dispatch.scheduling;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tasks on a queue that no agent has acked, all together and by the machine that they are for. */
final class ReleasedTaskIndex {
  private final Map<String, TaskEntry> all = new LinkedHashMap<>();
  private final Map<String, Map<String, TaskEntry>> byHolder = new HashMap<>();

  void add(TaskEntry t) {
    all.put(t.task.id(), t);
    if (t.holder != null) {
      byHolder.computeIfAbsent(t.holder, id -> new LinkedHashMap<>(2)).put(t.task.id(), t);
    }
  }

  void remove(TaskEntry t) {
    all.remove(t.task.id());
    Map<String, TaskEntry> those = t.holder == null ? null : byHolder.get(t.holder);
    if (those != null) {
      those.remove(t.task.id());
      if (those.isEmpty()) {
        byHolder.remove(t.holder);
      }
    }
  }

  Collection<TaskEntry> all() {
    return all.values();
  }

  /** Tasks on the queue of one machine. */
  List<TaskEntry> sentTo(String machineId) {
    return byHolder.getOrDefault(machineId, Map.of()).values().stream()
        .filter(t -> machineId.equals(t.task.machineId()))
        .toList();
  }
}
