package io.cta.server.tracking;

import io.cta.bus.StatusesStored;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.state.StatusFold;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Caches the aggregates of the tasks used last; others are built from the store. Event loop of its
 * verticle only.
 */
final class TaskAggregateCache {
  private static final int PAGE = 2_000;

  private final StoreRepositories stores;
  private final boolean shared;
  private final Map<String, TaskAggregate> known;

  /**
   * @param shared true when other nodes store statuses of the same tasks
   */
  TaskAggregateCache(StoreRepositories stores, int capacity, boolean shared) {
    this.stores = stores;
    this.shared = shared;
    this.known =
        new LinkedHashMap<>(64, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, TaskAggregate> eldest) {
            return size() > capacity;
          }
        };
  }

  /** Starts an empty aggregate for a task that no agent has reported on yet. */
  void begin(String taskId) {
    if (!shared) {
      known.putIfAbsent(taskId, new TaskAggregate(new StatusFold()));
    }
  }

  /** Adds statuses that another node has stored. */
  void heard(StatusesStored stored) {
    TaskAggregate taskAggregate = known.get(stored.taskId());
    if (taskAggregate != null) {
      stored.statuses().forEach(taskAggregate.statuses::add);
    }
  }

  /** True when the store may have more statuses of a task than are known here. */
  boolean shared() {
    return shared;
  }

  void forget(String taskId) {
    known.remove(taskId);
  }

  Future<TaskAggregate> get(String taskId) {
    TaskAggregate found = known.get(taskId);
    if (found != null) {
      return Future.succeededFuture(found);
    }
    return read(taskId).onSuccess(taskAggregate -> known.put(taskId, taskAggregate));
  }

  /** Builds the aggregate from what is stored now; leaves the cache unchanged. */
  Future<TaskAggregate> read(String taskId) {
    DocumentQuery query =
        DocumentQuery.of(StoreCollections.STATUSES, DocumentFilter.eq("taskId", taskId), PAGE)
            .omitting("message", "description", "custom");
    StatusFold fold = new StatusFold();
    return stores
        .statuses
        .each(query, found -> fold.add(found.value()))
        .map(v -> new TaskAggregate(fold));
  }
}
