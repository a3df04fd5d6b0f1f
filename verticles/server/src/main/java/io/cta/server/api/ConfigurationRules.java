package io.cta.server.api;

import io.cta.domain.Configuration;
import io.cta.server.store.Stores;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Configurations; the machines they name may enrol later. */
record ConfigurationRules(Stores stores) implements Kind.Rules<Configuration> {
  @Override
  public Future<List<String>> usedBy(JsonObject stored) {
    return Usage.byField(
        stores.scenarios, "configuration", stored, scenario -> "scenario " + scenario.name());
  }
}
