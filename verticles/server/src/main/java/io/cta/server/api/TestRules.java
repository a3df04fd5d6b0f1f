package io.cta.server.api;

import io.cta.domain.Test;
import io.cta.error.ServiceFailure;
import io.cta.server.executions.Definitions;
import io.cta.server.executions.NotYet;
import io.cta.server.store.Stores;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Stored tests. */
record TestRules(Stores stores) implements Kind.Rules<Test> {
  @Override
  public Future<Void> check(Test test, Definitions definitions) {
    NotYet.check("", test);
    if (test.enabled() && test.stages().isEmpty()) {
      throw ServiceFailure.invalid("stages", "must have at least one stage");
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<List<String>> usedBy(JsonObject stored) {
    return Usage.byReading(
        stores.testsuites,
        suite -> suite.tests().stream().anyMatch(e -> Usage.means(e.ref(), stored)),
        suite -> "test suite " + suite.name());
  }
}
