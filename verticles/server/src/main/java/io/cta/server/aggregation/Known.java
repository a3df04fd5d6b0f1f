package io.cta.server.aggregation;

import io.cta.domain.Execution;
import io.cta.domain.Task;
import io.cta.server.store.Stored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An execution and its tasks as far as they are known here. Event loop of its verticle only. */
final class Known {
  private final Map<String, Stored<Task>> tasks = new HashMap<>();
  private Stored<Execution> execution;

  /** False until execution and tasks have been read from the store once. */
  boolean loaded;

  /** True when someone else has written the execution since. */
  boolean outdated;

  /** When it was written last, by the ticker; null when it was not. */
  Long writtenAt;

  Stored<Execution> execution() {
    return execution;
  }

  /** Takes a version in unless a later one is known. */
  void execution(Stored<Execution> version) {
    if (execution == null || execution.version() < version.version()) {
      execution = version;
    }
  }

  void task(Stored<Task> version) {
    tasks.merge(
        version.value().id(), version, (old, now) -> old.version() >= now.version() ? old : now);
  }

  List<Task> tasks() {
    List<Task> out = new ArrayList<>(tasks.size());
    tasks.values().forEach(stored -> out.add(stored.value()));
    return out;
  }

  /** True when every known task is over: what is missing then is not a task's doing. */
  boolean allTasksOver() {
    return !tasks.isEmpty() && tasks.values().stream().allMatch(t -> t.value().state().terminal());
  }
}
