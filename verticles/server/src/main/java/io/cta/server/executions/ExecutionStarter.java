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

/** Starts executions: what its futures confirm is in the store. Safe from any event loop. */
public final class ExecutionStarter {
  private final Clock clock;
  private final Runnable room;
  private final ScenarioReader reader;
  private final ScenarioCache scenarios;
  private final ExecutionCreator creator;

  /**
   * @param room fails with NO_SPACE while no execution is to be taken
   */
  public ExecutionStarter(Vertx vertx, StoreRepositories stores, Clock clock, Runnable room) {
    this.clock = clock;
    this.room = room;
    reader = new ScenarioReader(stores);
    scenarios = new ScenarioCache(stores.documents, reader::read);
    creator = new ExecutionCreator(vertx, stores);
  }

  /** Starts a scenario; a request whose execution is there already answers with that one. */
  public Future<AskedExecution> start(ScenarioStartRequest request) {
    return start(request, null);
  }

  /**
   * As {@link #start(ScenarioStartRequest)}.
   *
   * @param reservation written just before the execution; when that is taken, none is made, and the
   *     failure is a {@link io.cta.server.store.ReservationTaken}
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
   * Repeats an execution with the definitions it had.
   *
   * @param testIds null for all its tests
   * @param reservation as of {@link #start(ScenarioStartRequest, DocumentWrite)}, or null
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

  /** Checks that a suite could be run; INVALID, naming the field, when not. */
  public Future<Void> check(TestSuite suite, DefinitionLookup definitions) {
    return reader.check(suite, definitions);
  }

  private Future<AskedExecution> create(
      String id, ExecutionSnapshot snapshot, String by, String rerunOf, DocumentWrite reservation) {
    room.run();
    return creator.create(
        new ExecutionSpec(id, snapshot, by, clock.instant(), rerunOf), reservation);
  }
}
