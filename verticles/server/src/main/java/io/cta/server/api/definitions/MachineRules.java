package io.cta.server.api.definitions;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.domain.Health;
import io.cta.domain.Machine;
import io.cta.domain.State;
import io.cta.server.api.access.TokenRevocation;
import io.cta.server.security.AccessControl;
import io.cta.server.security.TokenText;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.OutwardView;
import io.cta.server.view.definitions.MachineView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Rules of machines: people may change some fields; those that software sets stay. */
record MachineRules(Vertx vertx, StoreRepositories stores, AccessControl security)
    implements DefinitionKind.Rules<Machine> {
  private static final List<String> EDITABLE =
      List.of("properties", "labels", "groups", "slots", "health", "healthNote");

  @Override
  public Future<JsonObject> complete(JsonObject input, JsonObject stored) {
    JsonObject next = stored.copy();
    for (String field : EDITABLE) {
      if (input.containsKey(field)) {
        next.put(field, input.getValue(field));
      }
    }
    String health = next.getString("health");
    if (!Health.QUARANTINED.wire().equals(health)) {
      next.remove("quarantinedUntil");
    }
    if (Health.ACTIVE.wire().equals(health) && !health.equals(stored.getString("health"))) {
      // somebody declares the machine healthy: reset the circuit breaker
      next.put("failuresInRow", 0).put("quarantines", 0);
      if (!input.containsKey("healthNote")) {
        next.remove("healthNote");
      }
    }
    return Future.succeededFuture(next.put("updatedAt", input.getValue("updatedAt")));
  }

  @Override
  public Future<List<String>> usedBy(JsonObject stored) {
    DocumentFilter active =
        DocumentFilter.eq("machineId", stored.getString("id"))
            .and("state", DocumentFilter.Op.IN, State.ACKED.wire(), State.RUNNING.wire());
    return UsageFinder.all(
        List.of(
            stores
                .tasks
                .find(DocumentQuery.of(stores.tasks.spec(), active, 10))
                .map(page -> page.items().stream().map(t -> "task " + t.value().id()).toList()),
            UsageFinder.byReading(
                stores.configurations,
                c -> c.machines().stream().anyMatch(m -> UsageFinder.means(m, stored)),
                c -> "configuration " + c.name())));
  }

  /** Only from the fields that people edit: a heartbeat must not make an edit stale. */
  @Override
  public String tag(JsonObject stored, long version) {
    JsonObject editable = new JsonObject();
    EDITABLE.forEach(field -> editable.put(field, stored.getValue(field)));
    return TokenText.digest(editable.encode()).substring(0, 16);
  }

  @Override
  public Future<Void> changed(JsonObject stored, boolean deleted) {
    BusAdapter.announce(vertx, BusAddresses.MACHINE_EDITED, stored.getString("id"));
    return deleted
        ? TokenRevocation.deleteAll(
            stores, security, DocumentFilter.eq("machineId", stored.getString("id")))
        : Future.succeededFuture();
  }

  @Override
  public OutwardView view(Machine machine) {
    return MachineView.of(machine);
  }
}
