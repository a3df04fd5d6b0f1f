package io.cta.server.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AfterBuild;
import io.cta.domain.AfterHandler;
import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterState;
import io.cta.domain.BuildProgress;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryState;
import io.cta.domain.Execution;
import io.cta.domain.ForgeBuilder;
import io.cta.domain.ForgeType;
import io.cta.domain.Result;
import io.cta.server.cluster.ClusterNode;
import io.cta.server.notify.FakeJenkins.Fault;
import io.cta.server.notify.FakeJenkins.Item;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handlers have a Jenkins build jobs, once each, and follow the builds. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class JenkinsBuildsTest {
  private static final String JOB = "/jenkins/job/nightly/job/de%20ploy";
  private static final Duration STEP = Duration.ofSeconds(2);

  private final NotifyFixture fixture = new NotifyFixture();
  private FakeJenkins jenkins;

  @BeforeEach
  void start() {
    jenkins = new FakeJenkins(fixture.vertx);
    forge(FakeJenkins.TOKEN);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void aBuildIsAskedForOnceAndFollowedToItsResult() {
    fixture.deploy();
    Execution e = over();
    AfterOutcome queued = when(e, o -> build(o).queueItem() != null);
    assertEquals(AfterState.SENDING, queued.state());
    assertEquals("nightly/de ploy waits in the queue of ci as item 100", queued.text());
    Item item = jenkins.items.get(0);
    assertEquals(Map.of("CTA_EXECUTION_ID", e.id(), "TESTED", "ok & more"), item.parameters);
    jenkins.begin(item);
    AfterOutcome runs = when(e, o -> build(o).number() != null);
    assertEquals("nightly/de ploy #1 runs", runs.text());
    assertEquals(jenkins.page(1), build(runs).url());
    item.result = "SUCCESS";
    AfterOutcome done = when(e, o -> o.state() == AfterState.DONE);
    assertEquals("nightly/de ploy #1: SUCCESS", done.text());
    assertEquals(100, build(done).queueItem());
    assertEquals(List.of("POST " + JOB + "/buildWithParameters"), jenkins.lines("POST"));
    assertEquals(
        List.of(
            "GET " + JOB + "/api/json",
            "GET /jenkins/crumbIssuer/api/json",
            "POST " + JOB + "/buildWithParameters",
            "GET /jenkins/queue/item/100/api/json"),
        jenkins.asked.stream().map(FakeJenkins.Asked::line).limit(4).toList());
    NotifyFixture.until(() -> row().state(), DeliveryState.DELIVERED::equals);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAILURE", "UNSTABLE", "NOT_BUILT", "ABORTED", "SOMETHING_NEW"})
  void whatDoesNotSucceedFails(String result) {
    fixture.deploy();
    Execution e = over();
    item().result = result;
    jenkins.begin(item());
    assertEquals("nightly/de ploy #1: " + result, failed(e).text());
    assertEquals(result, build(failed(e)).result());
  }

  @Test
  void aCrumbThatIsRefusedIsReplacedOnce() {
    jenkins.faults = n -> n == 1 ? Fault.NO_CRUMB : Fault.NONE;
    fixture.deploy();
    Execution e = over();
    when(e, o -> build(o).queueItem() != null);
    assertEquals(1, jenkins.items.size());
    assertEquals(2, jenkins.lines("GET /jenkins/crumbIssuer").size());
    assertEquals(2, jenkins.lines("POST").size());
  }

  @Test
  void aSecondCrumbThatIsRefusedIsTheEnd() {
    jenkins.faults = n -> Fault.NO_CRUMB;
    fixture.deploy();
    assertTrue(failed(over()).text().contains("HTTP 403 No valid crumb"));
    assertEquals(2, jenkins.lines("POST").size());
  }

  @Test
  void aCrumbIsSentUnderTheNameThatJenkinsGivesIt() {
    jenkins.crumbField = ".crumb";
    fixture.deploy();
    assertEquals(100, build(when(over(), o -> build(o).queueItem() != null)).queueItem());
    assertEquals(1, jenkins.lines("POST").size());
  }

  @Test
  void aJenkinsWithoutCrumbsIsAskedWithoutOne() {
    jenkins.issuesCrumbs = false;
    fixture.deploy();
    assertEquals(100, build(when(over(), o -> build(o).queueItem() != null)).queueItem());
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {
        "RESET_BEFORE",
        "RESET_AFTER",
        "ERROR_BEFORE",
        "ERROR_AFTER",
        "SEE_OTHER",
        "FOUND_JOB"
      })
  void whateverHappensToTheFirstRequestThereIsOneBuildAndItIsFollowed(Fault fault) {
    jenkins.faults = n -> n == 1 ? fault : Fault.NONE;
    jenkins.begin(jenkins.foreign(Map.of("CTA_EXECUTION_ID", "another", "TESTED", "")));
    jenkins.foreign(Map.of("CTA_EXECUTION_ID", "a third", "TESTED", ""));
    fixture.deploy();
    Execution e = over();
    AfterOutcome queued = when(e, o -> build(o).queueItem() != null);
    assertEquals(102, build(queued).queueItem());
    assertEquals(3, jenkins.items.size());
    jenkins.begin(jenkins.items.get(2));
    jenkins.items.get(2).result = "SUCCESS";
    assertEquals(2, build(when(e, o -> o.state() == AfterState.DONE)).number());
  }

  @Test
  void aBuildThatRanWhileNobodyKnewOfItIsFoundAmongTheBuilds() {
    jenkins.faults = n -> Fault.RESET_AFTER;
    fixture.deploy();
    Execution e = over();
    Item item = NotifyFixture.until(() -> jenkins.items, all -> !all.isEmpty()).get(0);
    item.result = "SUCCESS";
    jenkins.begin(item);
    jenkins.begin(jenkins.foreign(Map.of("CTA_EXECUTION_ID", "later")));
    assertEquals(1, build(when(e, o -> o.state() == AfterState.DONE)).number());
    assertEquals(1, jenkins.lines("POST").size());
  }

  @Test
  void aRedirectToALoginCannotBeFollowedAndIsNotRepeated() {
    jenkins.faults = n -> Fault.FOUND_LOGIN;
    fixture.deploy();
    AfterOutcome outcome = failed(over());
    assertTrue(outcome.text().contains("cannot be followed"), outcome.text());
    assertEquals(1, jenkins.lines("POST").size());
    assertTrue(build(outcome).url().endsWith(JOB + "/"), build(outcome).url());
  }

  @Test
  void aQueueItemThatIsForgottenIsLookedForByItsNumber() {
    fixture.deploy();
    Execution e = over();
    Item item = item();
    item.result = "SUCCESS";
    jenkins.begin(item);
    item.forgotten = true;
    jenkins.begin(jenkins.foreign(Map.of()));
    assertEquals(1, build(when(e, o -> o.state() == AfterState.DONE)).number());
  }

  @Test
  void aQueueItemWithoutATraceIsUnknownWhateverElseWasBuilt() {
    fixture.deploy();
    Execution e = over();
    item().forgotten = true;
    jenkins.begin(jenkins.foreign(Map.of("CTA_EXECUTION_ID", "another")));
    AfterOutcome outcome = failed(e);
    assertTrue(outcome.text().contains("unknown: queue item 100"), outcome.text());
    assertEquals(null, build(outcome).number());
  }

  @Test
  void whatIsCancelledInTheQueueIsOver() {
    fixture.deploy();
    Execution e = over();
    item().cancelled = true;
    assertEquals("nightly/de ploy: cancelled in the queue", failed(e).text());
  }

  @Test
  void followingEndsInTimeAlsoWhenTheServerWasStartedAgain() {
    String id = fixture.deploy();
    Execution e = over();
    jenkins.begin(item());
    Instants before = new Instants(build(when(e, o -> build(o).number() != null)));
    fixture.vertx.undeploy(id).await();
    fixture.clock.advance(Duration.ofMinutes(90));
    fixture.deploy();
    fixture.clock.advance(Duration.ofMinutes(40));
    AfterOutcome outcome = failed(e);
    assertTrue(outcome.text().contains("not over 120 min after"), outcome.text());
    assertEquals(before, new Instants(build(outcome)));
    assertEquals(1, build(outcome).number());
  }

  private record Instants(java.time.Instant accepted, java.time.Instant until) {
    Instants(BuildProgress build) {
      this(build.acceptedAt(), build.until());
    }
  }

  @Test
  void aServerThatWasKilledBeforeTheAnswerCameStartsNoSecondBuild() {
    jenkins.faults = n -> Fault.HANG_AFTER;
    String id = fixture.deploy();
    Execution e = over();
    NotifyFixture.until(() -> jenkins.items, all -> !all.isEmpty());
    fixture.vertx.undeploy(id).await();
    fixture.deploy();
    assertEquals(100, build(when(e, o -> build(o).queueItem() != null)).queueItem());
    assertEquals(1, jenkins.lines("POST").size());
  }

  @Test
  void twoServersAskForOneBuild() {
    fixture.deploy(new ClusterNode("a", Duration.ofSeconds(60)));
    fixture.deploy(new ClusterNode("b", Duration.ofSeconds(60)));
    List<Execution> all = java.util.stream.IntStream.range(0, 10).mapToObj(i -> over()).toList();
    all.forEach(e -> when(e, o -> build(o) != null && build(o).queueItem() != null));
    assertEquals(10, jenkins.lines("POST").size());
    assertEquals(10, jenkins.items.size());
  }

  @Test
  void aJenkinsThatIsDownForAWhileIsWaitedFor() {
    fixture.deploy();
    Execution e = over();
    Item item = item();
    jenkins.mood = 503;
    int before = jenkins.asked.size();
    fixture.untilLater(STEP, () -> jenkins.asked.size(), size -> size > before + 3);
    assertEquals(AfterState.SENDING, outcome(e).state());
    when(e, o -> o.text().contains("the last look at it failed: HTTP 503 Please wait"));
    jenkins.mood = 200;
    item.result = "SUCCESS";
    jenkins.begin(item);
    when(e, o -> o.state() == AfterState.DONE);
  }

  @Test
  void aParameterThatTheJobDoesNotDeclareIsRefusedBeforeAnythingIsBuilt() {
    jenkins.declared = Set.of("TESTED");
    fixture.deploy();
    AfterOutcome outcome = failed(over());
    assertTrue(outcome.text().contains("declares no parameter CTA_EXECUTION_ID"), outcome.text());
    assertEquals(List.of(), jenkins.lines("POST"));
  }

  @Test
  void aJobThatIsSwitchedOffIsRefused() {
    jenkins.buildable = false;
    fixture.deploy();
    assertTrue(failed(over()).text().contains("switched off"));
  }

  @Test
  void aWrongTokenIsFinalAndNeverShown() {
    fixture
        .stores
        .forges
        .update(
            "F",
            forge ->
                ForgeBuilder.builder(forge).token(fixture.tokens.seal("wrong-token-1")).build())
        .await();
    fixture.deploy();
    AfterOutcome outcome = failed(over());
    assertTrue(outcome.text().contains("HTTP 401 Invalid password/token"), outcome.text());
    assertFalse(row().toString().contains("wrong-token-1"));
  }

  private void forge(String token) {
    fixture
        .stores
        .forges
        .insert(
            "F",
            ForgeBuilder.builder()
                .id("F")
                .name("ci")
                .type(ForgeType.JENKINS)
                .url(jenkins.url())
                .user(FakeJenkins.USER)
                .token(fixture.tokens.seal(token))
                .tokenRevision(1)
                .build())
        .await();
  }

  private Execution over() {
    AfterBuild build =
        new AfterBuild("ci", FakeJenkins.JOB, Map.of("TESTED", "${execution.result} & more"), null);
    Execution e =
        fixture.over(
            Result.OK, List.of(new AfterHandler(null, null, null, null, build, null, null)));
    fixture.tell(e);
    return e;
  }

  /** Our item, once Jenkins and the server know of it. */
  private Item item() {
    fixture.untilLater(
        STEP,
        fixture::deliveries,
        all -> !all.isEmpty() && all.get(0).jenkinsBuild().queueItem() != null);
    return jenkins.items.get(0);
  }

  private AfterOutcome outcome(Execution e) {
    return fixture.stores.executions.get(e.id()).await().value().after().get(0);
  }

  private AfterOutcome when(Execution e, Predicate<AfterOutcome> wanted) {
    return fixture.untilLater(
        STEP, () -> outcome(e), o -> o.jenkinsBuild() != null && wanted.test(o));
  }

  private AfterOutcome failed(Execution e) {
    return when(e, o -> o.state() == AfterState.FAILED);
  }

  private static BuildProgress build(AfterOutcome outcome) {
    return outcome.jenkinsBuild();
  }

  private Delivery row() {
    return fixture.deliveries().get(0);
  }
}
