package io.cta.server.executions;

import io.cta.domain.AskedExecution;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.ExecutionSpec;
import io.cta.domain.TestSuite;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Set;

/**
 * Starts executions; its futures complete once the execution is stored. Safe from any event loop.
 */
public final class ExecutionStarter {
  private final Clock clock;
  private final Runnable spaceCheck;
  private final ScenarioReader reader;
  private final ScenarioCache scenarios;
  private final ExecutionCreator creator;

  /**
   * @param spaceCheck throws NO_SPACE while no new execution may be stored
   */
  public ExecutionStarter(Vertx vertx, StoreRepositories stores, Clock clock, Runnable spaceCheck) {
    this.clock = clock;
    this.spaceCheck = spaceCheck;
    reader = new ScenarioReader(stores);
    scenarios = new ScenarioCache(stores.documents, reader::read);
    creator = new ExecutionCreator(vertx, stores);
  }

  /** Starts a scenario; returns the stored execution if the request was carried out already. */
  public Future<AskedExecution> start(ScenarioStartRequest request) {
    return start(request, null);
  }

  /**
   * As {@link #start(ScenarioStartRequest)}.
   *
   * @param reservation written just before the execution; if it is taken already, no execution is
   *     created and the failure is a {@link io.cta.server.store.ReservationTaken}
   */
  public Future<AskedExecution> start(ScenarioStartRequest request, DocumentWrite reservation) {
    return scenarios
        .get(request.scenario())
        .compose(
            found -> {
              ExecutionSnapshot asked =
                  found.with(SnapshotFactory.asked(found.snapshot().scenario(), request));
              CommandSizeCheck.check(asked, found.commandBytes());
              return create(request.executionId(), asked, request.requestedBy(), null, reservation);
            });
  }

  /**
   * Repeats an execution with the definitions that it used.
   *
   * @param testIds null for all its tests
   * @param reservation as for {@link #start(ScenarioStartRequest, DocumentWrite)}, or null
   */
  public Future<AskedExecution> repeat(
      ExecutionSpec original,
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
    return create(executionId, some, requestedBy, original.id(), reservation);
  }

  /** Checks that a suite can be run; fails with INVALID, naming the field, if not. */
  public Future<Void> check(TestSuite suite, DefinitionLookup definitions) {
    return reader.check(suite, definitions);
  }

  private Future<AskedExecution> create(
      String id, ExecutionSnapshot snapshot, String by, String rerunOf, DocumentWrite reservation) {
    spaceCheck.run();
    return creator.create(
        new ExecutionSpec(id, snapshot, by, clock.instant(), rerunOf), reservation);
  }
}
