package io.cta.server.tracking;

import io.cta.bus.MachineChanged;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.Map;

/** Caches the names of machines, which statuses show to people. Event loop of its verticle only. */
final class MachineNameCache {
  private static final int CAPACITY = 10_000;

  private final StoreRepositories stores;
  private final Map<String, String> known =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > CAPACITY;
        }
      };

  MachineNameCache(StoreRepositories stores) {
    this.stores = stores;
  }

  void heard(MachineChanged changed) {
    known.computeIfPresent(changed.machine().id(), (id, old) -> changed.machine().name());
  }

  /** The name; the id of a machine that is not in the store, null for null. */
  Future<String> get(String machineId) {
    if (machineId == null || known.containsKey(machineId)) {
      return Future.succeededFuture(machineId == null ? null : known.get(machineId));
    }
    return stores
        .machines
        .find(machineId)
        .map(
            found -> {
              String name = found.map(m -> m.value().name()).orElse(machineId);
              known.put(machineId, name);
              return name;
            });
  }
}
