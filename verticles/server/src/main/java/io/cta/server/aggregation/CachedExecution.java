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

  /** Ticker time of the last write in nanoseconds; null for never. */
  Long writtenAt;

  VersionedEntity<Execution> execution() {
    return execution;
  }

  /** Takes a version in unless a later one is known. */
  void execution(VersionedEntity<Execution> version) {
    if (!hasVersion(version.version())) {
      execution = version;
    }
  }

  /** True when this version of the execution, or a later one, is known. */
  boolean hasVersion(long version) {
    return execution != null && execution.version() >= version;
  }

  /** Takes in a new execution: it has no tasks yet, and all later ones will be announced. */
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
    tasks.values().forEach(task -> out.add(task.value()));
    return out;
  }

  /**
   * True when there are tasks and all known ones are over: then no task keeps the execution from
   * ending.
   */
  boolean allTasksOver() {
    return !tasks.isEmpty() && tasks.values().stream().allMatch(t -> t.value().state().terminal());
  }
}
