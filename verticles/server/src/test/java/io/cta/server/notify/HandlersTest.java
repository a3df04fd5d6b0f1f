package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterState;
import io.cta.domain.AfterTrigger;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionChain;
import io.cta.domain.ExecutionSource;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.executions.ScenarioStartRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Handlers of executions that are over. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class HandlersTest {
  private final NotifyFixture fixture = new NotifyFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void allRunInOrderAndEachSaysWhatBecameOfIt() {
    fixture.starter =
        request ->
            request.scenario().equals("gone")
                ? Future.failedFuture(ServiceFailure.notFound("scenario", "gone"))
                : Future.succeededFuture(request.executionId());
    fixture.deploy();
    Execution execution =
        fixture.over(
            Result.FAILED,
            List.of(
                NotifyFixture.starts(AfterTrigger.FAILURE, "first", Map.of()),
                NotifyFixture.starts(AfterTrigger.RECOVERY, "never", Map.of()),
                NotifyFixture.starts(null, "gone", Map.of()),
                NotifyFixture.tells("counts.nothing > 1", "x"),
                NotifyFixture.starts(AfterTrigger.ALWAYS, "last", Map.of())));
    fixture.tell(execution);
    List<AfterOutcome> outcomes = fixture.settled(execution);
    assertEquals(
        List.of(
            AfterState.DONE,
            AfterState.SKIPPED,
            AfterState.FAILED,
            AfterState.FAILED,
            AfterState.DONE),
        outcomes.stream().map(AfterOutcome::state).toList());
    assertEquals(
        List.of("first", "gone", "last"),
        fixture.started.stream().map(ScenarioStartRequest::scenario).toList());
    assertEquals(fixture.started.get(0).executionId(), outcomes.get(0).executionId());
    assertEquals("no scenario gone", outcomes.get(2).text());
    assertTrue(outcomes.get(3).text().contains("cannot be evaluated"), outcomes.get(3).text());
    assertNull(fixture.stores.executions.get(execution.id()).await().value().afterDue());
  }

  @Test
  void theExecutionThatIsStartedKnowsItsCause() {
    fixture.deploy();
    ExecutionSource source =
        new ExecutionSource("https://example.org/r", "main", "abc", null, null, null, null, null);
    Execution execution =
        fixture.over(
            Result.OK,
            List.of(
                NotifyFixture.starts(
                    null, "next", Map.of("FROM", "${execution.id} ${source.commit}"))),
            e ->
                ExecutionBuilder.builder(e)
                    .source(source)
                    .chain(new ExecutionChain("ROOT", "PARENT", 0, 3))
                    .build());
    fixture.tell(execution);
    fixture.settled(execution);
    ScenarioStartRequest request = fixture.started.get(0);
    assertEquals(Map.of("FROM", execution.id() + " abc"), request.parameters());
    assertEquals("after nightly", request.requestedBy());
    assertEquals(source, request.source());
    assertEquals(new ExecutionChain("ROOT", execution.id(), 0, 4), request.chain());
  }

  @Test
  void aChainThatIsTooLongIsCut() {
    fixture.deploy();
    Execution execution =
        fixture.over(
            Result.OK,
            List.of(NotifyFixture.starts(null, "next", Map.of())),
            e ->
                ExecutionBuilder.builder(e)
                    .chain(new ExecutionChain("ROOT", "PARENT", 0, ExecutionChain.MAX_DEPTH))
                    .build());
    fixture.tell(execution);
    assertEquals(AfterState.LOOP_CUT, fixture.settled(execution).get(0).state());
    assertEquals(List.of(), fixture.started);
  }

  @Test
  void cancelledExecutionsHaveTheirHandlersToo() {
    fixture.deploy();
    Execution execution =
        fixture.over(
            Result.INCONCLUSIVE,
            List.of(
                NotifyFixture.starts(AfterTrigger.FAILURE, "a", Map.of()),
                NotifyFixture.tells("state == finished", "x")),
            e -> ExecutionBuilder.builder(e).state(State.CANCELLED).build());
    fixture.tell(execution);
    assertEquals(
        List.of(AfterState.DONE, AfterState.SKIPPED),
        fixture.settled(execution).stream().map(AfterOutcome::state).toList());
  }

  @Test
  void theResultBeforeIsThatOfTheSameBranch() {
    fixture.deploy();
    over(Result.OK, "main");
    over(Result.FAILED, "other");
    over(Result.FAILED, null);
    assertEquals(
        List.of(AfterState.DONE, AfterState.SKIPPED), changedAndRecovered(Result.FAILED, "main"));
    assertEquals(List.of(AfterState.DONE, AfterState.DONE), changedAndRecovered(Result.OK, "main"));
    assertEquals(
        List.of(AfterState.SKIPPED, AfterState.SKIPPED), changedAndRecovered(Result.OK, "new"));
    assertEquals(List.of(AfterState.DONE, AfterState.DONE), changedAndRecovered(Result.OK, null));
  }

  private void over(Result result, String branch) {
    fixture.over(result, List.of(), e -> onBranch(e, branch));
  }

  private List<AfterState> changedAndRecovered(Result result, String branch) {
    Execution execution =
        fixture.over(
            result,
            List.of(
                NotifyFixture.starts(AfterTrigger.CHANGE, "a", Map.of()),
                NotifyFixture.starts(AfterTrigger.RECOVERY, "b", Map.of())),
            e -> onBranch(e, branch));
    fixture.tell(execution);
    return fixture.settled(execution).stream().map(AfterOutcome::state).toList();
  }

  private static Execution onBranch(Execution execution, String branch) {
    return branch == null
        ? execution
        : ExecutionBuilder.builder(execution)
            .source(new ExecutionSource(null, branch, null, null, null, null, null, null))
            .build();
  }

  @Test
  void whatAnEarlierRunLeftIsFoundAndStartsUnderTheSameId() {
    fixture.starter = request -> Future.failedFuture(unavailable());
    String first = fixture.deploy();
    Execution execution =
        fixture.over(Result.OK, List.of(NotifyFixture.starts(null, "next", Map.of())));
    fixture.tell(execution);
    NotifyFixture.until(() -> fixture.started.size(), size -> size > 2);
    fixture.vertx.undeploy(first).await();
    AfterOutcome waiting = fixture.outcomes(execution, all -> true).get(0);
    assertEquals(AfterState.DUE, waiting.state());
    fixture.starter = request -> Future.succeededFuture(request.executionId());
    fixture.deploy();
    assertEquals(AfterState.DONE, fixture.settled(execution).get(0).state());
    assertEquals(
        1, fixture.started.stream().map(ScenarioStartRequest::executionId).distinct().count());
  }

  @Test
  void whatFailsForADayHasFailed() {
    fixture.starter = request -> Future.failedFuture(unavailable());
    fixture.deploy();
    Execution execution =
        fixture.over(Result.OK, List.of(NotifyFixture.starts(null, "next", Map.of())));
    NotifyFixture.until(() -> fixture.started.size(), size -> size > 2);
    // the wall clock alone ends nothing
    fixture.clock.set(Duration.ofDays(2));
    int before = fixture.started.size();
    NotifyFixture.until(() -> fixture.started.size(), size -> size > before + 2);
    assertEquals(AfterState.DUE, fixture.outcomes(execution, all -> true).get(0).state());
    fixture.clock.advance(Duration.ofHours(25));
    AfterOutcome outcome = fixture.settled(execution).get(0);
    assertEquals(AfterState.FAILED, outcome.state());
    assertEquals("the store is away", outcome.text());
  }

  @Test
  void manyNodesStartEachOnce() {
    AtomicInteger made = new AtomicInteger();
    fixture.starter =
        request -> {
          made.incrementAndGet();
          return Future.succeededFuture(request.executionId());
        };
    for (int i = 0; i < 3; i++) {
      fixture.deploy(new ClusterNode("node" + i, Duration.ofSeconds(5)));
    }
    for (int i = 0; i < 20; i++) {
      Execution execution =
          fixture.over(Result.OK, List.of(NotifyFixture.starts(null, "next", Map.of("N", "" + i))));
      if (i % 2 == 0) {
        fixture.tell(execution);
      }
      assertEquals(AfterState.DONE, fixture.settled(execution).get(0).state());
    }
    assertEquals(
        20, fixture.started.stream().map(ScenarioStartRequest::executionId).distinct().count());
    assertTrue(made.get() >= 20, "made " + made);
  }

  private static ServiceFailure unavailable() {
    return new ServiceFailure(ErrorCode.UNAVAILABLE, "the store is away");
  }
}
