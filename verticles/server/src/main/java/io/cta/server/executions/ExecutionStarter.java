package io.cta.server.executions;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ExecutionRef;
import io.cta.bus.LocalMessage;
import io.cta.domain.AskedExecution;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.ExecutionSpec;
import io.cta.domain.Scenario;
import io.cta.domain.TestSuite;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.forges.ReportTarget;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.ReservationTaken;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/**
 * Starts executions; its futures complete once the execution is stored. Safe from any event loop.
 */
public final class ExecutionStarter {
  private static final long START_TIMEOUT_MILLIS = 30_000;
  private static final long PLAN_TIMEOUT_MILLIS = 5_000;

  private final Vertx vertx;
  private final Clock clock;
  private final Runnable spaceCheck;
  private final ScenarioReader reader;
  private final ScenarioCache scenarios;
  private final ExecutionCreator creator;
  private final ExecutionSecrets secrets;

  /**
   * @param spaceCheck throws NO_SPACE while no new execution may be stored
   */
  public ExecutionStarter(Vertx vertx, StoreRepositories stores, Clock clock, Runnable spaceCheck) {
    this.vertx = vertx;
    this.clock = clock;
    this.spaceCheck = spaceCheck;
    reader = new ScenarioReader(stores);
    scenarios = new ScenarioCache(stores.documents, reader::read);
    creator = new ExecutionCreator(vertx, stores);
    secrets = new ExecutionSecrets(stores);
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
              ExecutionSnapshot asked = found.asked(request);
              checkReported(asked, request);
              ExecutionSpec spec =
                  new ExecutionSpec(
                      request.executionId(),
                      asked,
                      request.requestedBy(),
                      clock.instant(),
                      null,
                      request.source(),
                      List.of(),
                      request.chain());
              return create(ExecutionStart.of(spec, reservation));
            });
  }

  /**
   * Repeats an execution with the definitions that it used, and with what its inputs were.
   *
   * @param testIds null for all its tests
   * @param reservation as for {@link #start(ScenarioStartRequest, DocumentWrite)}, or null
   */
  public Future<AskedExecution> repeat(
      AskedExecution original,
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
    Execution before = original.execution();
    ExecutionSpec spec =
        new ExecutionSpec(
            executionId,
            some,
            requestedBy,
            clock.instant(),
            original.id(),
            before.source(),
            before.resolvedInputs(),
            before.chain());
    return create(ExecutionStart.of(spec, reservation));
  }

  /** Forges know commits by their whole ids only. */
  private static void checkReported(ExecutionSnapshot asked, ScenarioStartRequest request) {
    String commit = request.source() == null ? null : request.source().commit();
    if (ReportTarget.isWanted(asked.scenario())
        && commit != null
        && !ReportTarget.isCommit(commit)) {
      throw ServiceFailure.invalid(
          "source.commit",
          "must be a whole commit id, of 40 or 64 hex digits, since the scenario reports on it");
    }
  }

  /** Checks that a suite can be run; fails with INVALID, naming the field, if not. */
  public Future<Void> check(TestSuite suite, DefinitionLookup definitions) {
    return reader.check(suite, definitions);
  }

  /** Checks the parameters that a scenario sets; fails with INVALID, naming the field. */
  public Future<Void> checkParameters(Scenario scenario, DefinitionLookup definitions) {
    return reader.checkParameters(scenario, definitions);
  }

  private Future<AskedExecution> create(ExecutionStart start) {
    spaceCheck.run();
    // better refused now than by each machine later
    ExecutionSnapshot asked = start.asked().snapshot();
    return secrets
        .find(asked)
        .compose(usable -> secrets.find(asked.scenario()))
        .compose(usable -> hand(start));
  }

  private Future<AskedExecution> hand(ExecutionStart start) {
    return BusAdapter.<LocalMessage>askIfServed(
            vertx, BusAddresses.DISPATCH_START, new LocalMessage(start), START_TIMEOUT_MILLIS)
        .compose(
            reply ->
                reply.isPresent()
                    ? started(reply.get().as(ExecutionStart.Reply.class))
                    : alone(start));
  }

  private static Future<AskedExecution> started(ExecutionStart.Reply reply) {
    return reply.reservationTaken()
        ? Future.failedFuture(new ReservationTaken())
        : Future.succeededFuture(reply.execution());
  }

  /** Dispatch is on another node, or on none for now: it is told, and would find it in any case. */
  private Future<AskedExecution> alone(ExecutionStart start) {
    return creator
        .create(start, List.of())
        .map(
            creation -> {
              BusAdapter.ask(
                  vertx,
                  BusAddresses.DISPATCH_PLAN,
                  new ExecutionRef(creation.asked().id()),
                  PLAN_TIMEOUT_MILLIS);
              return creation.asked();
            });
  }
}
