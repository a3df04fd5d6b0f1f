package io.cta.server.api.definitions;

import io.cta.domain.GlobRules;
import io.cta.domain.Test;
import io.cta.error.ServiceFailure;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.OutwardView;
import io.cta.server.view.definitions.TestView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Rules of stored tests. */
record TestRules(StoreRepositories stores) implements DefinitionKind.Rules<Test> {
  @Override
  public Future<Void> check(Test test, DefinitionLookup definitionLookup) {
    GlobRules.checked("artifacts", test.artifacts());
    if (test.enabled() && test.stages().isEmpty()) {
      throw ServiceFailure.invalid("stages", "must have at least one stage");
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<List<String>> usedBy(JsonObject stored) {
    return UsageFinder.byReading(
        stores.testsuites,
        suite -> suite.tests().stream().anyMatch(e -> UsageFinder.means(e.ref(), stored)),
        suite -> "test suite " + suite.name());
  }

  @Override
  public OutwardView view(Test test) {
    return TestView.of(test);
  }
}
