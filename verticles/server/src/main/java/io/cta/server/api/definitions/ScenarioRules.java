package io.cta.server.api.definitions;

import io.cta.domain.AfterHandler;
import io.cta.domain.Scenario;
import io.cta.error.ServiceFailure;
import io.cta.server.executions.DefinitionLookup;
import io.cta.server.executions.ExecutionStarter;
import io.cta.server.store.StoreRepositories;
import io.cta.server.view.OutwardView;
import io.cta.server.view.definitions.ScenarioView;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Rules of scenarios: suite, configuration and group exist, the suite takes its parameters, and no
 * unsupported feature is used.
 */
record ScenarioRules(StoreRepositories stores, ExecutionStarter starter)
    implements DefinitionKind.Rules<Scenario> {
  @Override
  public Future<Void> check(Scenario s, DefinitionLookup definitionLookup) {
    if (s.schedule() != null) {
      CronCheck.check("schedule.cron", s.schedule().cron(), "schedule.zone", s.schedule().zone());
    }
    if (!s.after().isEmpty()) {
      throw ServiceFailure.invalid("after", "is not supported yet: nothing would carry it out");
    }
    return ReferenceCheck.check(
            definitionLookup, stores.testsuites, "suite", "test suite", s.suite())
        .compose(
            fine ->
                ReferenceCheck.check(
                    definitionLookup,
                    stores.configurations,
                    "configuration",
                    "configuration",
                    s.configuration()))
        .compose(
            fine ->
                ReferenceCheck.check(definitionLookup, stores.groups, "group", "group", s.group()))
        .compose(fine -> starter.checkParameters(s, definitionLookup));
  }

  @Override
  public Future<List<String>> usedBy(JsonObject stored) {
    return UsageFinder.all(
        List.of(
            UsageFinder.byField(
                stores.schedules, "scenario", stored, schedule -> "schedule " + schedule.name()),
            UsageFinder.byReading(
                stores.scenarios,
                other ->
                    !other.id().equals(stored.getString("id"))
                        && other.after().stream().anyMatch(after -> starts(after, stored)),
                other -> "scenario " + other.name())));
  }

  @Override
  public OutwardView view(Scenario scenario) {
    return ScenarioView.of(scenario);
  }

  private static boolean starts(AfterHandler after, JsonObject stored) {
    return UsageFinder.means((String) after.start().get("scenario"), stored);
  }
}
