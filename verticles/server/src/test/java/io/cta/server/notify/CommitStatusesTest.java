package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AfterState;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryState;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionReport;
import io.cta.domain.ForgeBuilder;
import io.cta.domain.ForgeType;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.notify.FakeGitLab.Fault;
import io.cta.server.outgoing.RecordingReceiver;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final NotifyFixture fixture = new NotifyFixture();
  private FakeGitLab gitlab;
  private ReportedExecutions reported;

  @BeforeEach
  void start() {
    gitlab = new FakeGitLab(fixture.vertx);
    reported = new ReportedExecutions(fixture, gitlab.url());
    gitlab.knownTo(fixture);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void anExecutionOfTwoMillisecondsIsPendingThenRunningThenFinal() {
    fixture.deploy();
    Execution e = reported.stored(State.FINISHED, Result.OK);
    assertEquals(AfterState.DONE, reported.settled(e).state());
    assertEquals(List.of("pending", "running", "success"), states());
    assertEquals(1, gitlab.rows.size());
    assertEquals(
        "/gitlab/api/v4/projects/group/app/statuses/" + ReportedExecutions.COMMIT,
        gitlab.posts.get(0).path());
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
    Execution e = reported.stored(state, result);
    assertEquals(AfterState.DONE, reported.settled(e).state());
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
      Execution e = reported.stored(State.FINISHED, Result.FAILED);
      reported.tell(e);
      reported.until(e, report -> report.state() == AfterState.DONE);
      assertEquals(number, gitlab.rows.size(), gitlab.rows::toString);
      assertEquals(List.of("pending", "running", "failed"), gitlab.rows.get(number - 1).states());
    }
  }

  @Test
  void manyExecutionsOfOneCommitAreReportedOneAfterTheOther() {
    fixture.deploy();
    List<Execution> all =
        java.util.stream.IntStream.range(0, 20)
            .mapToObj(i -> reported.stored(State.FINISHED, Result.OK))
            .toList();
    all.forEach(e -> assertEquals(AfterState.DONE, reported.settled(e).state()));
    assertEquals(0, gitlab.overlaps.get());
    assertTrue(gitlab.rows.stream().noneMatch(FakeGitLab.Row::open), gitlab.rows::toString);
  }

  @Test
  void twoServersReportEachStateOnce() {
    fixture.deploy(new ClusterNode("a", Duration.ofSeconds(60)));
    fixture.deploy(new ClusterNode("b", Duration.ofSeconds(60)));
    List<Execution> all =
        java.util.stream.IntStream.range(0, 5)
            .mapToObj(i -> reported.stored(State.FINISHED, Result.OK))
            .toList();
    all.forEach(e -> assertEquals(AfterState.DONE, reported.settled(e).state()));
    assertEquals(0, gitlab.overlaps.get());
    assertTrue(gitlab.rows.stream().noneMatch(FakeGitLab.Row::open), gitlab.rows::toString);
    assertTrue(gitlab.posts.stream().allMatch(post -> post.answered() == 201));
  }

  @Test
  void aGitLabThatIsAskedTooOftenIsLeftAloneAsLongAsItWants() {
    gitlab.faults = n -> n == 1 ? Fault.TOO_MANY : Fault.NONE;
    fixture.deploy();
    Execution e = reported.stored(State.PENDING, null);
    Delivery refused =
        NotifyFixture.until(
                fixture::deliveries, all -> !all.isEmpty() && !all.get(0).attempts().isEmpty())
            .get(0);
    assertEquals(429, refused.attempts().get(0).status());
    assertEquals(Duration.ofSeconds(40), refused.waited());
    assertEquals(fixture.clock.instant().plusSeconds(40), refused.nextAt());
    reported.until(e, report -> gitlab.posts.size() == 2);
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
    Execution e = reported.stored(State.FINISHED, Result.OK);
    assertEquals(AfterState.DONE, reported.settled(e).state());
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
    Execution e = reported.stored(State.FINISHED, Result.OK);
    ExecutionReport report = reported.settled(e);
    assertEquals(AfterState.FAILED, report.state());
    assertTrue(report.text().contains("401"), report.text());
    assertEquals(0, gitlab.posts.size());
  }

  @Test
  void aReportThatANewTokenCannotGoOnIsEndedWithTheOldOne() {
    fixture.deploy();
    Execution e = reported.stored(State.RUNNING, null);
    reported.until(e, report -> gitlab.posts.size() == 2);
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
    reported.over(e);
    assertEquals(AfterState.DONE, reported.settled(e).state());
    assertEquals(1, gitlab.rows.size());
  }

  @Test
  void aServerThatStartsAgainClosesWhatIsOpen() {
    String first = fixture.deploy();
    Execution e = reported.stored(State.RUNNING, null);
    reported.until(e, report -> gitlab.posts.size() == 2);
    fixture.vertx.undeploy(first).await();
    reported.over(e);
    fixture.deploy();
    assertEquals(AfterState.DONE, reported.settled(e).state());
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
    Execution e = reported.stored(State.TIMEOUT, Result.INCONCLUSIVE);
    assertEquals(AfterState.DONE, reported.settled(e).state());
    List<RecordingReceiver.ReceivedMessage> posts =
        receiver.messages.stream().filter(one -> one.body().length() > 0).toList();
    assertEquals(
        List.of("pending", "pending", "pending", "error"),
        posts.stream().map(one -> one.body().toJsonObject().getString("state")).toList());
    assertEquals(
        List.of("queued", "queued", "running", "timeout"),
        posts.stream().map(one -> one.body().toJsonObject().getString("description")).toList());
    assertEquals(
        base + "/repos/group/app/statuses/" + ReportedExecutions.COMMIT, posts.get(0).path());
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
            .mapToObj(i -> reported.stored(State.FINISHED, Result.OK))
            .toList();
    all.forEach(e -> assertEquals(AfterState.DONE, reported.settled(e).state()));
    assertEquals(0, overlaps.get());
    assertEquals(60, receiver.messages.size());
  }

  @Test
  void aReportThatFailsStopsNoOther() {
    fixture.deploy();
    Execution wrong = reported.stored(State.FINISHED, Result.OK, null);
    Execution next = reported.stored(State.FINISHED, Result.OK);
    assertEquals(AfterState.FAILED, reported.settled(wrong).state());
    assertEquals(AfterState.DONE, reported.settled(next).state());
    assertEquals(List.of("pending", "running", "success"), states());
  }

  @Test
  void aPipelineThatDoesNotFitTheBranchIsLeftOut() {
    gitlab.pipeline = 1;
    fixture.deploy();
    Execution e = reported.stored(State.FINISHED, Result.OK);
    assertEquals(AfterState.DONE, reported.settled(e).state());
    assertEquals(List.of("pending", "running", "success"), gitlab.rows.get(0).states());
  }

  @Test
  void anExecutionWhoseCommitNobodySaysFailsToReportAndSaysSo() {
    fixture.deploy();
    Execution e = reported.stored(State.FINISHED, Result.OK, null);
    ExecutionReport report = reported.settled(e);
    assertEquals(AfterState.FAILED, report.state());
    assertTrue(report.text().contains("which commit"), report.text());
  }

  private List<String> states() {
    return gitlab.posts.stream().map(FakeGitLab.Post::state).toList();
  }
}
