package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.bus.ExecutionRef;
import io.cta.domain.AfterState;
import io.cta.domain.ConfigurationBuilder;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryState;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionReport;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.ExecutionSourceBuilder;
import io.cta.domain.ExecutionSpec;
import io.cta.domain.ForgeBuilder;
import io.cta.domain.ForgeType;
import io.cta.domain.IdGenerator;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.ScenarioBuilder;
import io.cta.domain.ScenarioReport;
import io.cta.domain.State;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.notify.FakeGitLab.Fault;
import io.cta.server.outgoing.RecordingReceiver;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Executions report to GitLab, as its own rules for statuses have it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CommitStatusesTest {
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
  private static final ScenarioReport REPORT = new ScenarioReport("lab", null);

  private final NotifyFixture fixture = new NotifyFixture();
  private FakeGitLab gitlab;

  @BeforeEach
  void start() {
    gitlab = new FakeGitLab(fixture.vertx);
    fixture
        .stores
        .forges
        .insert(
            "F",
            ForgeBuilder.builder()
                .id("F")
                .name("lab")
                .type(ForgeType.GITLAB)
                .url(gitlab.url())
                .token(fixture.tokens.seal(FakeGitLab.TOKEN))
                .tokenRevision(1)
                .build())
        .await();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void anExecutionOfTwoMillisecondsIsPendingThenRunningThenFinal() {
    fixture.deploy();
    Execution e = stored(State.FINISHED, Result.OK);
    assertEquals(AfterState.DONE, settled(e).state());
    assertEquals(List.of("pending", "running", "success"), states());
    assertEquals(1, gitlab.rows.size());
    assertEquals(
        "/gitlab/api/v4/projects/group/app/statuses/" + COMMIT, gitlab.posts.get(0).path());
    assertEquals("main", gitlab.posts.get(0).body().getString("ref"));
    assertEquals("cta/nightly", gitlab.posts.get(0).body().getString("name"));
    assertEquals(4711, gitlab.posts.get(0).body().getInteger("pipeline_id"));
    assertEquals("12 passed", gitlab.posts.get(2).body().getString("description"));
    assertEquals(
        "https://cta.example/#/executions/" + e.id(),
        gitlab.posts.get(2).body().getString("target_url"));
    // the outcome is written before the row, so that a crash in between leaves none that is wrong
    NotifyFixture.until(
        () -> fixture.deliveries().stream().map(Delivery::state).distinct().toList(),
        List.of(DeliveryState.DELIVERED)::equals);
  }

  @ParameterizedTest
  @CsvSource({
    "FINISHED,OK,success",
    "FINISHED,FAILED,failed",
    "FINISHED,PARTIAL,failed",
    "FINISHED,INCONCLUSIVE,failed",
    "CANCELLED,INCONCLUSIVE,canceled",
    "TIMEOUT,INCONCLUSIVE,failed"
  })
  void eachEndHasItsWord(State state, Result result, String word) {
    fixture.deploy();
    Execution e = stored(state, result);
    assertEquals(AfterState.DONE, settled(e).state());
    assertEquals(word, gitlab.rows.get(0).state());
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void whateverHappensToOneRequestTheLastStateIsFinalAndThereOnce(Fault fault) {
    for (int number = 1; number <= 3; number++) {
      int hit = number;
      int before = gitlab.posts.size();
      gitlab.faults = n -> n == before + hit ? fault : Fault.NONE;
      String id = number == 1 ? fixture.deploy() : null;
      assertEquals(number == 1, id != null);
      Execution e = stored(State.FINISHED, Result.FAILED);
      tell(e);
      moveOnUntil(e, report -> report.state() == AfterState.DONE);
      assertEquals(number, gitlab.rows.size(), gitlab.rows::toString);
      assertEquals(List.of("pending", "running", "failed"), gitlab.rows.get(number - 1).states());
    }
  }

  @Test
  void manyExecutionsOfOneCommitAreReportedOneAfterTheOther() {
    fixture.deploy();
    List<Execution> all =
        java.util.stream.IntStream.range(0, 20)
            .mapToObj(i -> stored(State.FINISHED, Result.OK))
            .toList();
    all.forEach(e -> assertEquals(AfterState.DONE, settled(e).state()));
    assertEquals(0, gitlab.overlaps.get());
    assertTrue(gitlab.rows.stream().noneMatch(FakeGitLab.Row::open), gitlab.rows::toString);
  }

  @Test
  void twoServersReportEachStateOnce() {
    fixture.deploy(new ClusterNode("a", Duration.ofSeconds(60)));
    fixture.deploy(new ClusterNode("b", Duration.ofSeconds(60)));
    List<Execution> all =
        java.util.stream.IntStream.range(0, 5)
            .mapToObj(i -> stored(State.FINISHED, Result.OK))
            .toList();
    all.forEach(e -> assertEquals(AfterState.DONE, settled(e).state()));
    assertEquals(0, gitlab.overlaps.get());
    assertTrue(gitlab.rows.stream().noneMatch(FakeGitLab.Row::open), gitlab.rows::toString);
    assertTrue(gitlab.posts.stream().allMatch(post -> post.answered() == 201));
  }

  @Test
  void aGitLabThatIsAskedTooOftenIsLeftAloneAsLongAsItWants() {
    gitlab.faults = n -> n == 1 ? Fault.TOO_MANY : Fault.NONE;
    fixture.deploy();
    Execution e = stored(State.PENDING, null);
    Delivery refused =
        NotifyFixture.until(
                fixture::deliveries, all -> !all.isEmpty() && !all.get(0).attempts().isEmpty())
            .get(0);
    assertEquals(429, refused.attempts().get(0).status());
    assertEquals(Duration.ofSeconds(40), refused.waited());
    assertEquals(fixture.clock.instant().plusSeconds(40), refused.nextAt());
    report(e, report -> gitlab.posts.size() == 2);
    assertEquals(1, gitlab.rows.size());
  }

  @Test
  void aStateThatGitLabHasAlreadyIsNoError() {
    gitlab.rows.add(
        new FakeGitLab.Row(
            1,
            "main",
            "cta/nightly",
            new java.util.ArrayList<>(List.of("running")),
            new io.vertx.core.json.JsonObject()
                .put("status", "running")
                .put("name", "cta/nightly")));
    fixture.deploy();
    Execution e = stored(State.FINISHED, Result.OK);
    assertEquals(AfterState.DONE, settled(e).state());
    assertEquals(List.of("pending", "running", "success"), states());
    assertEquals(List.of("running", "success"), gitlab.rows.get(0).states());
  }

  @Test
  void whatIsRefusedForGoodIsToldAndNotRepeated() {
    fixture
        .stores
        .forges
        .update(
            "F",
            forge -> ForgeBuilder.builder(forge).token(fixture.tokens.seal("glpat-wrong")).build())
        .await();
    fixture.deploy();
    Execution e = stored(State.FINISHED, Result.OK);
    ExecutionReport report = settled(e);
    assertEquals(AfterState.FAILED, report.state());
    assertTrue(report.text().contains("401"), report.text());
    assertEquals(0, gitlab.posts.size());
  }

  @Test
  void aReportThatANewTokenCannotGoOnIsEndedWithTheOldOne() {
    fixture.deploy();
    Execution e = stored(State.RUNNING, null);
    report(e, report -> gitlab.posts.size() == 2);
    fixture
        .stores
        .forges
        .update(
            "F",
            forge ->
                ForgeBuilder.builder(forge)
                    .previousToken(forge.token())
                    .token(fixture.tokens.seal("glpat-new-and-unknown"))
                    .tokenRevision(2)
                    .build())
        .await();
    over(e);
    assertEquals(AfterState.DONE, settled(e).state());
    assertEquals(1, gitlab.rows.size());
  }

  @Test
  void aServerThatStartsAgainClosesWhatIsOpen() {
    String first = fixture.deploy();
    Execution e = stored(State.RUNNING, null);
    report(e, report -> gitlab.posts.size() == 2);
    fixture.vertx.undeploy(first).await();
    over(e);
    fixture.deploy();
    assertEquals(AfterState.DONE, settled(e).state());
    assertEquals(List.of("pending", "running", "success"), states());
  }

  @ParameterizedTest
  @CsvSource({"GITEA,/gitlab/api/v1", "FORGEJO,/gitlab/api/v1", "GITHUB,/gitlab"})
  void theOthersGetThreeStatusesOfWhichTheLastCounts(ForgeType type, String base) {
    RecordingReceiver receiver = new RecordingReceiver(fixture.vertx);
    // the first POST fails although it was taken, and is looked up before it is sent again
    receiver.answers(
        (request, number) -> {
          boolean asked = request.method() == HttpMethod.GET;
          int code = asked ? 200 : number == 1 ? 502 : 201;
          request.response().setStatusCode(code).end(asked ? "[]" : "{}");
        });
    String url = "http://127.0.0.1:" + receiver.port() + "/gitlab";
    fixture
        .stores
        .forges
        .update("F", forge -> ForgeBuilder.builder(forge).type(type).url(url).build())
        .await();
    fixture.deploy();
    Execution e = stored(State.TIMEOUT, Result.INCONCLUSIVE);
    assertEquals(AfterState.DONE, settled(e).state());
    List<RecordingReceiver.ReceivedMessage> posts =
        receiver.messages.stream().filter(one -> one.body().length() > 0).toList();
    assertEquals(
        List.of("pending", "pending", "pending", "error"),
        posts.stream().map(one -> one.body().toJsonObject().getString("state")).toList());
    assertEquals(
        List.of("queued", "queued", "running", "timeout"),
        posts.stream().map(one -> one.body().toJsonObject().getString("description")).toList());
    assertEquals(base + "/repos/group/app/statuses/" + COMMIT, posts.get(0).path());
    assertEquals(1, receiver.messages.size() - posts.size(), "looked up once");
  }

  @Test
  void giteaGetsTheStatusesOfACommitOneAfterTheOther() {
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    RecordingReceiver receiver = new RecordingReceiver(fixture.vertx);
    receiver.answers(
        (request, number) -> {
          overlaps.addAndGet(inFlight.incrementAndGet() > 1 ? 1 : 0);
          fixture
              .vertx
              .timer(5, TimeUnit.MILLISECONDS)
              .onSuccess(
                  later -> {
                    inFlight.decrementAndGet();
                    request.response().setStatusCode(201).end("{}");
                  });
        });
    String url = "http://127.0.0.1:" + receiver.port();
    fixture
        .stores
        .forges
        .update("F", forge -> ForgeBuilder.builder(forge).type(ForgeType.GITEA).url(url).build())
        .await();
    fixture.deploy();
    List<Execution> all =
        java.util.stream.IntStream.range(0, 20)
            .mapToObj(i -> stored(State.FINISHED, Result.OK))
            .toList();
    all.forEach(e -> assertEquals(AfterState.DONE, settled(e).state()));
    assertEquals(0, overlaps.get());
    assertEquals(60, receiver.messages.size());
  }

  @Test
  void aReportThatFailsStopsNoOther() {
    fixture.deploy();
    Execution wrong = stored(State.FINISHED, Result.OK, null);
    Execution next = stored(State.FINISHED, Result.OK);
    assertEquals(AfterState.FAILED, settled(wrong).state());
    assertEquals(AfterState.DONE, settled(next).state());
    assertEquals(List.of("pending", "running", "success"), states());
  }

  @Test
  void aPipelineThatDoesNotFitTheBranchIsLeftOut() {
    gitlab.pipeline = 1;
    fixture.deploy();
    Execution e = stored(State.FINISHED, Result.OK);
    assertEquals(AfterState.DONE, settled(e).state());
    assertEquals(List.of("pending", "running", "success"), gitlab.rows.get(0).states());
  }

  @Test
  void anExecutionWhoseCommitNobodySaysFailsToReportAndSaysSo() {
    fixture.deploy();
    Execution e = stored(State.FINISHED, Result.OK, null);
    ExecutionReport report = settled(e);
    assertEquals(AfterState.FAILED, report.state());
    assertTrue(report.text().contains("which commit"), report.text());
  }

  private List<String> states() {
    return gitlab.posts.stream().map(FakeGitLab.Post::state).toList();
  }

  private Execution stored(State state, Result result) {
    return stored(state, result, COMMIT);
  }

  private Execution stored(State state, Result result, String commit) {
    String id = IdGenerator.next();
    Execution e =
        ExecutionBuilder.builder()
            .id(id)
            .scenarioId("S")
            .scenarioName("nightly")
            .state(state)
            .result(result)
            .counts(new ResultCounts(12, 0, 0, 0, 0, 0))
            .requestedBy("ann")
            .requestedAt(fixture.clock.instant())
            .startedAt(fixture.clock.instant())
            .finishedAt(state.terminal() ? fixture.clock.instant() : null)
            .source(
                ExecutionSourceBuilder.builder()
                    .repository(gitlab.url() + "/group/app.git")
                    .branch("main")
                    .commit(commit)
                    .pipelineId("4711")
                    .build())
            .report(ExecutionReport.waiting(REPORT))
            .reportDue(fixture.clock.instant())
            .build();
    ExecutionSnapshot snapshot =
        new ExecutionSnapshot(
            ScenarioBuilder.builder()
                .id("S")
                .name("nightly")
                .suite("suite")
                .configuration("any")
                .report(REPORT)
                .build(),
            ConfigurationBuilder.builder().id("C").name("any").build(),
            "suite",
            List.of(),
            List.of(),
            List.of(),
            Map.of());
    fixture
        .stores
        .documents
        .apply(
            List.of(
                fixture.stores.specs.inserting(
                    new ExecutionSpec(id, snapshot, "ann", fixture.clock.instant(), null)),
                fixture.stores.executions.inserting(id, e)))
        .await();
    tell(e);
    return e;
  }

  private void over(Execution e) {
    fixture
        .stores
        .executions
        .update(
            e.id(),
            now ->
                ExecutionBuilder.builder(now)
                    .state(State.FINISHED)
                    .result(Result.OK)
                    .finishedAt(fixture.clock.instant())
                    .reportDue(now.requestedAt())
                    .build())
        .await();
    tell(e);
  }

  private void tell(Execution e) {
    BusAdapter.announce(fixture.vertx, BusAddresses.REPORT_DUE, new ExecutionRef(e.id()));
  }

  private ExecutionReport settled(Execution e) {
    return moveOnUntil(
        e,
        report ->
            report.state() == AfterState.DONE
                || report.state() == AfterState.FAILED
                    && fixture.deliveries().stream()
                        .allMatch(row -> row.state() != DeliveryState.WAITING));
  }

  private ExecutionReport report(Execution e, Predicate<ExecutionReport> wanted) {
    return moveOnUntil(e, wanted);
  }

  /** Lets time go on, a second at each look. */
  private ExecutionReport moveOnUntil(Execution e, Predicate<ExecutionReport> wanted) {
    return NotifyFixture.until(
        () -> {
          fixture.clock.advance(Duration.ofSeconds(1));
          return fixture.stores.executions.get(e.id()).await().value().report();
        },
        wanted);
  }
}
