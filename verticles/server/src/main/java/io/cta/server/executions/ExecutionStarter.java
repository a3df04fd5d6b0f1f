package io.cta.server.executions;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ChangeFeed;
import io.cta.bus.ExecutionChanged;
import io.cta.disk.DiskFullDetector;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.Scenario;
import io.cta.domain.State;
import io.cta.domain.TestSuite;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.EntityRepository;
import io.cta.server.store.ReservationTaken;
import io.cta.server.store.ScopeRevisions;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.server.store.WriteStep;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Starts executions: what its futures confirm is in the store. Safe from any event loop. */
public final class ExecutionStarter {
  private static final long WAKE_TIMEOUT = 5_000;

  private final Vertx vertx;
  private final StoreRepositories stores;
  private final Clock clock;
  private final Runnable room;
  private final ScenarioCache scenarios;

  /**
   * @param room fails with NO_SPACE while no execution is to be taken
   */
  public ExecutionStarter(Vertx vertx, StoreRepositories stores, Clock clock, Runnable room) {
    this.vertx = vertx;
    this.stores = stores;
    this.clock = clock;
    this.room = room;
    scenarios = new ScenarioCache(stores.documents, this::read);
  }

  /** Starts a scenario; a request whose execution is there already answers with that one. */
  public Future<VersionedEntity<Execution>> start(ScenarioStartRequest request) {
    return start(request, null);
  }

  /**
   * As {@link #start(ScenarioStartRequest)}.
   *
   * @param reservation written just before the execution; when that is taken, none is made, and the
   *     failure is a {@link ReservationTaken}
   */
  public Future<VersionedEntity<Execution>> start(
      ScenarioStartRequest request, DocumentWrite reservation) {
    return scenarios
        .get(request.scenario())
        .compose(
            found -> {
              ExecutionSnapshot asked =
                  found.with(SnapshotFactory.asked(found.snapshot().scenario(), request));
              CommandSizeCheck.check(asked, found.commandBytes());
              return insert(
                  fresh(request.executionId(), asked, request.requestedBy(), null), reservation);
            });
  }

  /**
   * Repeats an execution with the definitions it had; {@code testIds} null for all its tests.
   *
   * @param reservation as of {@link #start(ScenarioStartRequest, DocumentWrite)}, or null
   */
  public Future<VersionedEntity<Execution>> repeat(
      Execution original,
      Set<String> testIds,
      String executionId,
      String requestedBy,
      DocumentWrite reservation) {
    ExecutionSnapshot all = original.snapshot();
    ExecutionSnapshot some = testIds == null ? all : SnapshotFactory.only(all, testIds);
    if (some.tests().isEmpty()) {
      return Future.failedFuture(
          new ServiceFailure(ErrorCode.CONFLICT, "no test of the execution is left to repeat"));
    }
    CommandSizeCheck.check(some);
    return insert(fresh(executionId, some, requestedBy, original.id()), reservation);
  }

  /** Checks that a suite could be run; INVALID, naming the field, when not. */
  public Future<Void> check(TestSuite suite, DefinitionLookup definitionLookup) {
    return SuiteCatalogReader.read(stores, definitionLookup, suite)
        .map(suiteCatalog -> SuiteFlattener.flatten(suite, suiteCatalog))
        .mapEmpty();
  }

  private Future<ResolvedScenario> read(String key) {
    return IdOrNameLookup.get(stores.scenarios, "scenario", key)
        .compose(found -> snapshot(found.value()))
        .map(ResolvedScenario::of);
  }

  private Future<ExecutionSnapshot> snapshot(Scenario scenario) {
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

  private Future<VersionedEntity<Execution>> insert(Execution fresh, DocumentWrite reservation) {
    try {
      room.run();
    } catch (ServiceFailure refused) {
      return Future.failedFuture(refused);
    }
    WriteStep execution = WriteStep.needed(stores.executions.inserting(fresh.id(), fresh));
    return stores
        .documents
        .applySteps(
            reservation == null
                ? List.of(execution)
                : List.of(WriteStep.needed(reservation), execution))
        .recover(ExecutionStarter::named)
        .compose(
            outcomes -> {
              if (reservation != null && outcomes.get(0) != DocumentWrite.Outcome.DONE) {
                return Future.failedFuture(new ReservationTaken());
              }
              return ScopeRevisions.allDone(outcomes)
                  ? Future.succeededFuture(announced(fresh))
                  : stores.executions.get(fresh.id());
            });
  }

  /** A disk that has filled up since it was last looked at. */
  private static <T> Future<T> named(Throwable failure) {
    return Future.failedFuture(
        DiskFullDetector.is(failure)
            ? new ServiceFailure(
                ErrorCode.NO_SPACE, "no execution is taken: " + failure.getMessage())
            : failure);
  }

  private VersionedEntity<Execution> announced(Execution execution) {
    ExecutionChanged made = new ExecutionChanged(execution, 1);
    ChangeFeed.announce(vertx, made);
    // best effort: dispatch finds unplanned executions by itself too
    BusAdapter.ask(vertx, BusAddresses.DISPATCH_PLAN, made, WAKE_TIMEOUT);
    return new VersionedEntity<>(execution, 1);
  }

  private Execution fresh(String id, ExecutionSnapshot s, String by, String rerunOf) {
    Scenario scenario = s.scenario();
    return ExecutionBuilder.builder()
        .id(id)
        .scenarioId(scenario.id())
        .scenarioName(scenario.name())
        .snapshot(s)
        .mode(s.configuration().mode())
        .group(scenario.group())
        .priority(scenario.priority())
        .state(State.PENDING)
        .requestedBy(by)
        .requestedAt(clock.instant())
        .rerunOf(rerunOf)
        .build();
  }
}
