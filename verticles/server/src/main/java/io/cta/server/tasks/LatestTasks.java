package io.cta.server.tasks;

import io.cta.domain.Task;
import io.cta.server.store.VersionedEntity;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The last known versions of tasks, one per slot of a table of fixed size: a new task replaces the
 * one in its slot. A version may be outdated; the store's compare-and-set decides. Safe from any
 * thread.
 */
final class LatestTasks {
  private final AtomicReferenceArray<VersionedEntity<Task>> slots;

  LatestTasks(int size) {
    slots = new AtomicReferenceArray<>(size);
  }

  /** The last known version, or null. */
  VersionedEntity<Task> get(String id) {
    VersionedEntity<Task> found = slots.get(slot(id));
    return found != null && found.value().id().equals(id) ? found : null;
  }

  /** Remembers a version unless a later one is known. */
  void put(VersionedEntity<Task> task) {
    slots.accumulateAndGet(
        slot(task.value().id()),
        task,
        (old, now) ->
            old != null
                    && old.value().id().equals(now.value().id())
                    && old.version() > now.version()
                ? old
                : now);
  }

  void forget(String id) {
    slots.updateAndGet(slot(id), old -> old != null && old.value().id().equals(id) ? null : old);
  }

  private int slot(String id) {
    int h = id.hashCode() * 0x9E3779B9;
    return Math.floorMod(h ^ (h >>> 16), slots.length());
  }
}
