package io.cta.server.aggregation;

import io.cta.domain.Execution;
import io.cta.domain.Task;
import io.cta.server.store.VersionedEntity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An execution and its tasks as far as they are known here. Event loop of its verticle only. */
final class CachedExecution {
  private final Map<String, VersionedEntity<Task>> tasks = new HashMap<>();
  private VersionedEntity<Execution> execution;

  /** False until execution and tasks have been read from the store once. */
  boolean loaded;

  /** True when someone else has written the execution since. */
  boolean outdated;

  /** When it was written last, by the ticker; null when it was not. */
  Long writtenAt;

  VersionedEntity<Execution> execution() {
    return execution;
  }

  /** Takes a version in unless a later one is known. */
  void execution(VersionedEntity<Execution> version) {
    if (execution == null || execution.version() < version.version()) {
      execution = version;
    }
  }

  /** Takes in an execution that was just made: it has no tasks yet, and all will be heard of. */
  void begin(VersionedEntity<Execution> made) {
    execution(made);
    loaded = true;
  }

  void task(VersionedEntity<Task> version) {
    tasks.merge(
        version.value().id(), version, (old, now) -> old.version() >= now.version() ? old : now);
  }

  List<Task> tasks() {
    List<Task> out = new ArrayList<>(tasks.size());
    tasks.values().forEach(versionedEntity -> out.add(versionedEntity.value()));
    return out;
  }

  /** True when every known task is over: what is missing then is not a task's doing. */
  boolean allTasksOver() {
    return !tasks.isEmpty() && tasks.values().stream().allMatch(t -> t.value().state().terminal());
  }
}
