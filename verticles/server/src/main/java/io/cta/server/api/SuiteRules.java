package io.cta.server.api;

import io.cta.domain.TestSuite;
import io.cta.server.executions.Definitions;
import io.cta.server.executions.ExecutionStarter;
import io.cta.server.executions.NotYet;
import io.cta.server.store.Stores;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Test suites: everything they name is there, and nothing names itself in a circle. */
record SuiteRules(Stores stores, ExecutionStarter starter) implements Kind.Rules<TestSuite> {
  @Override
  public Future<Void> check(TestSuite suite, Definitions definitions) {
    NotYet.check(suite);
    return starter.check(suite, definitions);
  }

  @Override
  public Future<List<String>> usedBy(JsonObject stored) {
    return Usage.all(
        List.of(
            Usage.byField(
                stores.scenarios, "suite", stored, scenario -> "scenario " + scenario.name()),
            Usage.byReading(
                stores.testsuites,
                suite -> suite.tests().stream().anyMatch(e -> Usage.means(e.suite(), stored)),
                suite -> "test suite " + suite.name())));
  }
}
