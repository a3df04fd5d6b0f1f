package io.cta.server.api.definitions;

import io.cta.domain.GlobRules;
import io.cta.domain.Test;
import io.cta.domain.TestSuite;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.executions.ExecutionStarter;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.OutwardView;
import io.cta.server.view.definitions.TestSuiteView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Rules of test suites: everything they refer to exists, and no suite contains itself. */
record SuiteRules(StoreRepositories stores, ExecutionStarter starter)
    implements DefinitionKind.Rules<TestSuite> {
  @Override
  public Future<Void> check(TestSuite suite, DefinitionLookup definitionLookup) {
    for (int i = 0; i < suite.tests().size(); i++) {
      Test test = suite.tests().get(i).test();
      if (test != null) {
        GlobRules.checked("tests[" + i + "].artifacts", test.artifacts());
      }
    }
    return starter.check(suite, definitionLookup);
  }

  @Override
  public Future<List<String>> usedBy(JsonObject stored) {
    return UsageFinder.all(
        List.of(
            UsageFinder.byField(
                stores.scenarios, "suite", stored, scenario -> "scenario " + scenario.name()),
            UsageFinder.byReading(
                stores.testsuites,
                suite -> suite.tests().stream().anyMatch(e -> UsageFinder.means(e.suite(), stored)),
                suite -> "test suite " + suite.name())));
  }

  @Override
  public OutwardView view(TestSuite suite) {
    return TestSuiteView.of(suite);
  }
}
