package io.cta.server.executions;

import io.cta.domain.Scenario;
import io.cta.domain.SuiteParameter;
import io.cta.domain.TestSuite;
import io.cta.error.ServiceFailure;
import io.cta.server.store.EntityRepository;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import java.util.Map;

/** Reads a scenario and everything that it refers to from the store. Safe from any event loop. */
final class ScenarioReader {
  private final StoreRepositories stores;

  ScenarioReader(StoreRepositories stores) {
    this.stores = stores;
  }

  /**
   * @param key id or name of the scenario
   */
  Future<ResolvedScenario> read(String key) {
    return IdOrNameLookup.get(stores.scenarios, "scenario", key)
        .compose(found -> resolve(found.value()));
  }

  /** Checks that a suite can be run; fails with INVALID, naming the field, if not. */
  Future<Void> check(TestSuite suite, DefinitionLookup definitions) {
    return SuiteCatalogReader.read(stores, definitions, suite)
        .map(catalog -> SuiteFlattener.flatten(suite, catalog))
        .mapEmpty();
  }

  /**
   * Checks the parameters that a scenario sets; fails with INVALID, naming the field. A suite that
   * cannot be run now has a failure of its own, at its start.
   */
  Future<Void> checkParameters(Scenario scenario, DefinitionLookup definitions) {
    return definitions
        .find(stores.testsuites, scenario.suite())
        .compose(
            found ->
                found.isEmpty()
                    ? Future.succeededFuture(Map.<String, SuiteParameter>of())
                    : declared(found.get(), definitions))
        .map(
            declared -> {
              ParameterValues.check(declared, scenario);
              return null;
            });
  }

  private Future<Map<String, SuiteParameter>> declared(
      TestSuite suite, DefinitionLookup definitions) {
    return SuiteCatalogReader.read(stores, definitions, suite)
        .map(catalog -> SuiteFlattener.flatten(suite, catalog).parameters())
        .otherwise(suite.parameters());
  }

  private Future<ResolvedScenario> resolve(Scenario scenario) {
    return required(stores.configurations, "configuration", scenario.configuration())
        .compose(
            configuration ->
                required(stores.testsuites, "suite", scenario.suite())
                    .compose(
                        suite ->
                            SuiteCatalogReader.read(stores, DefinitionLookup.STORED, suite)
                                .map(c -> SnapshotFactory.of(scenario, configuration, suite, c))));
  }

  private static <T> Future<T> required(EntityRepository<T> repository, String field, String key) {
    return IdOrNameLookup.find(repository, key)
        .map(
            found ->
                found
                    .map(VersionedEntity::value)
                    .orElseThrow(
                        () -> ServiceFailure.invalid(field, "of the scenario is gone: " + key)));
  }
}
