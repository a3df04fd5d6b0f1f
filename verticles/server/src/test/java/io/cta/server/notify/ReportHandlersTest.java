package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AfterHandler;
import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterReport;
import io.cta.domain.AfterState;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionSourceBuilder;
import io.cta.domain.Result;
import io.cta.server.notify.FakeGitLab.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handlers report the end of executions, one status each. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ReportHandlersTest {
  private static final Duration STEP = Duration.ofSeconds(1);
  private final NotifyFixture fixture = new NotifyFixture();
  private FakeGitLab gitlab;

  @BeforeEach
  void start() {
    gitlab = new FakeGitLab(fixture.vertx);
    gitlab.knownTo(fixture);
    fixture.deploy();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void theEndIsOneStatusUnderItsOwnName() {
    Execution e = over(ReportedExecutions.COMMIT, "released");
    AfterOutcome outcome = settled(e).get(0);
    assertEquals(AfterState.DONE, outcome.state(), outcome::toString);
    assertEquals("reported to lab", outcome.text());
    assertEquals(1, gitlab.posts.size());
    assertEquals("failed", gitlab.posts.get(0).state());
    assertEquals("cta/released", gitlab.posts.get(0).body().getString("name"));
    assertEquals("main", gitlab.posts.get(0).body().getString("ref"));
    assertEquals(
        "/gitlab/api/v4/projects/group/app/statuses/" + ReportedExecutions.COMMIT,
        gitlab.posts.get(0).path());
  }

  @Test
  void withoutANameItHasThatOfTheScenario() {
    settled(over(ReportedExecutions.COMMIT, new String[] {null}));
    assertEquals("cta/nightly", gitlab.posts.get(0).body().getString("name"));
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void whateverHappensToTheRequestItIsThereOnce(Fault fault) {
    gitlab.faults = n -> n == 1 ? fault : Fault.NONE;
    Execution e = over(ReportedExecutions.COMMIT, "released");
    assertEquals(AfterState.DONE, settled(e).get(0).state());
    assertEquals(1, gitlab.rows.size(), gitlab.rows::toString);
    assertEquals(List.of("failed"), gitlab.rows.get(0).states());
  }

  @Test
  void whatIsInTheWayIsToldWhileItIsTried() {
    gitlab.faults = n -> Fault.ERROR;
    Execution e = over(ReportedExecutions.COMMIT, "released");
    AfterOutcome outcome =
        fixture
            .outcomes(e, all -> String.valueOf(all.get(0).text()).startsWith("not reported yet"))
            .get(0);
    assertEquals(AfterState.SENDING, outcome.state());
    assertTrue(outcome.text().contains("HTTP 502"), outcome.text());
  }

  @Test
  void thoseOfOneCommitGoOneAfterTheOther() {
    Execution e = over(ReportedExecutions.COMMIT, "a", "b", "c", "d");
    assertTrue(
        settled(e).stream().allMatch(outcome -> outcome.state() == AfterState.DONE),
        () -> settled(e).toString());
    assertEquals(0, gitlab.overlaps.get());
    assertEquals(
        List.of("cta/a", "cta/b", "cta/c", "cta/d"),
        gitlab.rows.stream().map(FakeGitLab.Row::name).sorted().toList());
  }

  @Test
  void whoTestsNoCommitReportsNothing() {
    AfterOutcome outcome = settled(over("main", "released")).get(0);
    assertEquals(AfterState.FAILED, outcome.state());
    assertTrue(outcome.text().contains("is no whole id of a commit"), outcome.text());
    assertEquals(0, gitlab.posts.size());
  }

  @Test
  void aForgeThatIsGoneFailsTheHandler() {
    AfterReport gone = new AfterReport("gone", null, null);
    AfterOutcome outcome = settled(over(ReportedExecutions.COMMIT, List.of(gone))).get(0);
    assertEquals(AfterState.FAILED, outcome.state());
    assertTrue(outcome.text().contains("there is no such forge any more"), outcome.text());
  }

  private Execution over(String commit, String... names) {
    return over(
        commit, Arrays.stream(names).map(name -> new AfterReport("lab", null, name)).toList());
  }

  private Execution over(String commit, List<AfterReport> reports) {
    List<AfterHandler> handlers =
        reports.stream()
            .map(one -> new AfterHandler(null, null, null, null, null, null, one))
            .toList();
    Execution e =
        fixture.over(
            Result.FAILED,
            handlers,
            execution ->
                ExecutionBuilder.builder(execution)
                    .source(
                        ExecutionSourceBuilder.builder()
                            .repository(gitlab.url() + "/group/app.git")
                            .branch("main")
                            .commit(commit)
                            .build())
                    .build());
    fixture.tell(e);
    return e;
  }

  private List<AfterOutcome> settled(Execution e) {
    return fixture.untilLater(
        STEP,
        () -> fixture.stores.executions.get(e.id()).await().value().after(),
        all -> all.stream().noneMatch(o -> o.state().open() || o.state() == AfterState.SENDING));
  }
}
