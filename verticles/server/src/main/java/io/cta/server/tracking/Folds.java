package io.cta.server.tracking;

import io.cta.bus.StatusesStored;
import io.cta.server.store.Collections;
import io.cta.server.store.Filter;
import io.cta.server.store.Query;
import io.cta.server.store.Stores;
import io.cta.state.StatusFold;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The folds of the tasks heard of last; of others they are made anew from the store. Event loop of
 * its verticle only.
 */
final class Folds {
  private static final int PAGE = 2_000;

  private final Stores stores;
  private final boolean shared;
  private final Map<String, Fold> known;

  /**
   * @param shared true when other nodes store statuses of the same tasks
   */
  Folds(Stores stores, int capacity, boolean shared) {
    this.stores = stores;
    this.shared = shared;
    this.known =
        new LinkedHashMap<>(64, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Fold> eldest) {
            return size() > capacity;
          }
        };
  }

  /** For a task that no agent has spoken of yet. */
  void begin(String taskId) {
    if (!shared) {
      known.putIfAbsent(taskId, new Fold(new StatusFold()));
    }
  }

  /** Another node has stored statuses. */
  void heard(StatusesStored stored) {
    Fold fold = known.get(stored.taskId());
    if (fold != null) {
      stored.statuses().forEach(fold.statuses::add);
    }
  }

  /** What is known of a task here may not be all that is stored. */
  boolean shared() {
    return shared;
  }

  void forget(String taskId) {
    known.remove(taskId);
  }

  Future<Fold> get(String taskId) {
    Fold found = known.get(taskId);
    if (found != null) {
      return Future.succeededFuture(found);
    }
    return read(taskId).onSuccess(fold -> known.put(taskId, fold));
  }

  /** The fold of what is stored at this moment; changes nothing here. */
  Future<Fold> read(String taskId) {
    Query query =
        Query.of(Collections.STATUSES, Filter.eq("taskId", taskId), PAGE)
            .omitting("message", "description", "custom");
    StatusFold fold = new StatusFold();
    return stores.statuses.each(query, found -> fold.add(found.value())).map(v -> new Fold(fold));
  }
}
