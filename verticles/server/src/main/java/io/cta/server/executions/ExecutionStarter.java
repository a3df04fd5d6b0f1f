package io.cta.server.executions;

import io.cta.bus.Addresses;
import io.cta.bus.Consumers;
import io.cta.bus.ExecutionChanged;
import io.cta.bus.ExecutionRef;
import io.cta.disk.NoSpace;
import io.cta.domain.Execution;
import io.cta.domain.Scenario;
import io.cta.domain.Snapshot;
import io.cta.domain.State;
import io.cta.domain.TestSuite;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.Repository;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import io.cta.server.store.Write;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Set;

/** Starts executions: what its futures confirm is in the store. Safe from any event loop. */
public final class ExecutionStarter {
  private static final long WAKE_TIMEOUT = 5_000;

  private final Vertx vertx;
  private final Stores stores;
  private final Clock clock;
  private final Runnable room;

  /**
   * @param room fails with NO_SPACE while no execution is to be taken
   */
  public ExecutionStarter(Vertx vertx, Stores stores, Clock clock, Runnable room) {
    this.vertx = vertx;
    this.stores = stores;
    this.clock = clock;
    this.room = room;
  }

  /** Starts a scenario; a request whose execution is there already answers with that one. */
  public Future<Stored<Execution>> start(StartRequest request) {
    return Named.get(stores.scenarios, "scenario", request.scenario())
        .map(found -> Snapshots.asked(found.value(), request))
        .compose(this::snapshot)
        .compose(s -> insert(request.executionId(), s, request.requestedBy(), null));
  }

  /** Repeats an execution with the definitions it had; {@code testIds} null for all its tests. */
  public Future<Stored<Execution>> repeat(
      Execution original, Set<String> testIds, String executionId, String requestedBy) {
    Snapshot all = original.snapshot();
    Snapshot some = testIds == null ? all : Snapshots.only(all, testIds);
    if (some.tests().isEmpty()) {
      return Future.failedFuture(
          new ServiceFailure(ErrorCode.CONFLICT, "no test of the execution is left to repeat"));
    }
    return insert(executionId, some, requestedBy, original.id());
  }

  /** Checks that a suite could be run; INVALID, naming the field, when not. */
  public Future<Void> check(TestSuite suite, Definitions definitions) {
    return CatalogReader.read(stores, definitions, suite)
        .map(catalog -> SuiteFlattening.flatten(suite, catalog))
        .mapEmpty();
  }

  private Future<Snapshot> snapshot(Scenario scenario) {
    return required(stores.configurations, "configuration", scenario.configuration())
        .compose(
            configuration ->
                required(stores.testsuites, "suite", scenario.suite())
                    .compose(
                        suite ->
                            CatalogReader.read(stores, Definitions.STORED, suite)
                                .map(c -> Snapshots.of(scenario, configuration, suite, c))));
  }

  private static <T> Future<T> required(Repository<T> repository, String field, String key) {
    return Named.find(repository, key)
        .map(
            found ->
                found
                    .map(Stored::value)
                    .orElseThrow(
                        () -> ServiceFailure.invalid(field, "of the scenario is gone: " + key)));
  }

  private Future<Stored<Execution>> insert(String id, Snapshot s, String by, String rerunOf) {
    try {
      room.run();
      CommandSize.check(s);
    } catch (ServiceFailure refused) {
      return Future.failedFuture(refused);
    }
    Execution fresh = fresh(id, s, by, rerunOf);
    return stores
        .executions
        .insert(id, fresh)
        .recover(ExecutionStarter::named)
        .compose(
            outcome ->
                outcome == Write.Outcome.DUPLICATE
                    ? stores.executions.get(id)
                    : Future.succeededFuture(announced(fresh)));
  }

  /** A disk that has filled up since it was last looked at. */
  private static <T> Future<T> named(Throwable failure) {
    return Future.failedFuture(
        NoSpace.is(failure)
            ? new ServiceFailure(
                ErrorCode.NO_SPACE, "no execution is taken: " + failure.getMessage())
            : failure);
  }

  private Stored<Execution> announced(Execution execution) {
    Consumers.announce(vertx, Addresses.EXECUTION_CHANGED, new ExecutionChanged(execution, 1));
    // best effort: dispatch finds unplanned executions by itself too
    Consumers.ask(vertx, Addresses.DISPATCH_WAKE, new ExecutionRef(execution.id()), WAKE_TIMEOUT);
    return new Stored<>(execution, 1);
  }

  private Execution fresh(String id, Snapshot s, String by, String rerunOf) {
    Scenario scenario = s.scenario();
    return new Execution(
        id,
        scenario.id(),
        scenario.name(),
        s,
        s.configuration().mode(),
        scenario.group(),
        scenario.priority(),
        State.PENDING,
        null,
        null,
        null,
        by,
        clock.instant(),
        null,
        null,
        null,
        false,
        0,
        0,
        null,
        rerunOf,
        null,
        null,
        false);
  }
}
