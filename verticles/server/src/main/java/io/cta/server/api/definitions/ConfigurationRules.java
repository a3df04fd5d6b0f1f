package io.cta.server.api.definitions;

import io.cta.domain.Configuration;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.OutwardView;
import io.cta.server.view.definitions.ConfigurationView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Rules of configurations; the machines they name may enrol later. */
record ConfigurationRules(StoreRepositories stores) implements DefinitionKind.Rules<Configuration> {
  @Override
  public Future<List<String>> usedBy(JsonObject stored) {
    return UsageFinder.byField(
        stores.scenarios, "configuration", stored, scenario -> "scenario " + scenario.name());
  }

  @Override
  public OutwardView view(Configuration configuration) {
    return ConfigurationView.of(configuration);
  }
}
