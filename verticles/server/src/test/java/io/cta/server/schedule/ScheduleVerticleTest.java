package io.cta.server.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.domain.CronRule;
import io.cta.domain.CronRuleBuilder;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.MissedPolicy;
import io.cta.domain.OverlapPolicy;
import io.cta.domain.Scenario;
import io.cta.domain.ScenarioBuilder;
import io.cta.domain.Schedule;
import io.cta.domain.ScheduleBuilder;
import io.cta.domain.State;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.sim.TestClock;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ScheduleVerticleTest {
  private static final ScheduleSettings FAST =
      new ScheduleSettings(Duration.ofMillis(10), Duration.ZERO);

  private final Vertx vertx = Vertx.vertx();
  private final StoreRepositories stores = new StoreRepositories(new MemoryStore(vertx));
  private final TestClock clock = new TestClock(); // 03:04:05
  private final List<String> started = new CopyOnWriteArrayList<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Set<String> ids = ConcurrentHashMap.newKeySet();

  @BeforeEach
  void prepare() {
    stores.documents.prepare(StoreCollections.ALL).await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  @DisplayName("schedules due at the same moment all fire, each once, on many nodes")
  void eachFiringHappensOnce() {
    for (int i = 0; i < 5; i++) {
      insert("s" + i, "5 3 * * *", true);
    }
    deploy(this::start);
    deploy(this::start);
    deploy(this::start);
    until(() -> nextAt("s4") != null);
    clock.advance(Duration.ofMinutes(1));
    until(() -> started.size() == 5);
    ticks();
    assertEquals(5, started.size());
    assertEquals(5, started.stream().distinct().count());
    assertEquals(Instant.parse("2026-01-03T03:05:00Z"), nextAt("s0"));
  }

  @Test
  void firingsMissedWhileNoServerRanAreReplacedByOne() {
    insert("s", "*/5 * * * *", true);
    String first = deploy(this::start);
    until(() -> nextAt("s") != null);
    vertx.undeploy(first).await();
    clock.advance(Duration.ofHours(9));
    deploy(this::start);
    until(() -> !started.isEmpty());
    ticks();
    assertEquals(List.of("scenario-of-s"), started);
  }

  @Test
  void aClockThatIsSetForwardFiresOnceForTheGapAndThenEveryMinute() {
    insert("s", "* * * * *", true);
    deploy(this::start);
    until(() -> nextAt("s") != null);
    clock.set(Duration.ofHours(2));
    until(() -> started.size() == 1);
    ticks();
    assertEquals(1, started.size());
    for (int minute = 2; minute <= 4; minute++) {
      int fired = minute;
      clock.advance(Duration.ofMinutes(1));
      until(() -> started.size() == fired);
    }
    ticks();
    assertEquals(4, started.size());
  }

  @Test
  void aClockThatIsSetForwardAndBackLeavesNoMinuteOut() {
    insert("s", "* * * * *", true);
    deploy(this::start);
    until(() -> nextAt("s") != null);
    clock.set(Duration.ofHours(2));
    until(() -> started.size() == 1);
    until(() -> nextAt("s").isAfter(Instant.parse("2026-01-02T05:00:00Z")));
    step(Duration.ofHours(-2));
    until(() -> nextAt("s").equals(Instant.parse("2026-01-02T03:06:00Z")));
    clock.advance(Duration.ofMinutes(2));
    until(() -> started.size() == 2);
  }

  @Test
  void aClockThatIsSetBackFiresNoMinuteTwice() {
    insert("s", "* * * * *", true);
    deploy(this::start);
    until(() -> nextAt("s") != null);
    clock.advance(Duration.ofMinutes(1));
    until(() -> started.size() == 1);
    step(Duration.ofHours(-2));
    clock.advance(Duration.ofMinutes(100));
    ticks();
    assertEquals(1, started.size());
    clock.advance(Duration.ofMinutes(21));
    until(() -> started.size() == 2);
  }

  private void step(Duration by) {
    clock.set(by);
    BusAdapter.announce(vertx, BusAddresses.WALL_CLOCK_STEPPED, by.toMillis());
  }

  @Test
  void aDisabledScheduleDoesNotFire() {
    insert("s", "* * * * *", false);
    insert("other", "* * * * *", true);
    deploy(this::start);
    until(() -> nextAt("other") != null);
    clock.advance(Duration.ofMinutes(2));
    until(() -> !started.isEmpty());
    ticks();
    assertEquals(List.of("scenario-of-other"), started);
  }

  @Test
  void aScheduleWithAnInvalidRuleIsDisabledAndHarmsNoOther() {
    insert("bad", "whenever", true);
    insert("good", "* * * * *", true);
    deploy(this::start);
    until(() -> nextAt("good") != null && !schedule("bad").enabled());
    clock.advance(Duration.ofMinutes(1));
    until(() -> started.size() == 1);
    assertFalse(schedule("bad").enabled());
  }

  @Test
  void aStartThatFailsDoesNotEndTheSchedule() {
    insert("s", "* * * * *", true);
    deploy(
        (id, scenario, by) -> {
          started.add(scenario);
          return Future.failedFuture(ServiceFailure.notFound("scenario", scenario));
        });
    until(() -> nextAt("s") != null);
    clock.advance(Duration.ofMinutes(1));
    until(() -> started.size() == 1);
    clock.advance(Duration.ofMinutes(1));
    until(() -> started.size() == 2);
  }

  @Test
  void aScenariosOwnRuleBecomesAScheduleAndIsRemovedWithIt() {
    stores.scenarios.insert("n1", scenario("nightly", rule("0 4 * * *"))).await();
    deploy(this::start);
    until(() -> stores.schedules.find("scenario-n1").await().isPresent());
    until(() -> nextAt("scenario-n1") != null);
    assertEquals("scenario nightly", schedule("scenario-n1").name());
    clock.advance(Duration.ofHours(1));
    until(() -> started.equals(List.of("n1")));
    stores.scenarios.update("n1", s -> scenario("nightly", rule("30 5 * * *"))).await();
    until(() -> Instant.parse("2026-01-02T05:30:00Z").equals(nextAt("scenario-n1")));
    stores.scenarios.update("n1", s -> scenario("nightly", null)).await();
    until(() -> stores.schedules.find("scenario-n1").await().isEmpty());
    assertTrue(started.size() == 1);
  }

  @Test
  void aSlowStartDelaysNoOtherSchedule() {
    insert("slow", "*/5 * * * * *", true);
    insert("quick", "*/5 * * * * *", true);
    Promise<Void> never = Promise.promise();
    deploy(
        (id, scenario, by) -> scenario.endsWith("slow") ? never.future() : start(id, scenario, by));
    until(() -> nextAt("quick") != null && nextAt("slow") != null);
    for (int i = 1; i <= 12; i++) {
      int fired = i;
      clock.advance(Duration.ofSeconds(5));
      until(() -> started.size() == fired);
    }
    assertEquals("schedule quick for 2026-01-02T03:04:10+00:00", asked.get(0));
  }

  @Test
  void onThreeNodesATimeThatClocksSkipOrRepeatFiresOnceWhateverTheClockDoes() {
    for (String id : List.of("skip", "one", "all")) {
      insert(id, "30 2 * * *", true);
      MissedPolicy missed = MissedPolicy.valueOf(id.toUpperCase(Locale.ROOT));
      stores
          .schedules
          .update(id, s -> ScheduleBuilder.builder(s).zone("Europe/Paris").missed(missed).build())
          .await();
    }
    clock.advance(Duration.between(clock.instant(), Instant.parse("2026-03-28T12:00:00Z")));
    for (int node = 0; node < 3; node++) {
      deploy(this::start);
    }
    Instant gap = Instant.parse("2026-03-29T01:00:00Z");
    until(
        () -> gap.equals(nextAt("skip")) && gap.equals(nextAt("one")) && gap.equals(nextAt("all")));
    step(Duration.between(clock.instant(), gap.plusSeconds(2)));
    until(() -> started.size() == 3);
    step(Duration.ofMinutes(-50));
    ticks();
    step(Duration.ofMinutes(50));
    ticks();
    assertEquals(3, started.size());
    Instant repeated = Instant.parse("2026-10-25T00:30:00Z");
    clock.advance(Duration.between(clock.instant(), Instant.parse("2026-10-24T12:00:00Z")));
    until(() -> repeated.equals(nextAt("skip")) && repeated.equals(nextAt("one")));
    step(Duration.between(clock.instant(), repeated.plusSeconds(2)));
    until(
        () ->
            List.of("skip", "one").stream()
                .allMatch(id -> repeated.equals(schedule(id).firedAt())));
    clock.advance(Duration.ofHours(1));
    ticks();
    long again =
        asked.stream()
            .filter(by -> !by.startsWith("schedule all") && by.contains("2026-10-25T02:30"))
            .count();
    assertEquals(2, again, asked.toString());
  }

  @Test
  void ofNodesWhoseClocksDifferTheFirstFiresAndTheOthersStartNothingAgain() {
    insert("s", "* * * * *", true);
    deploy(this::start);
    TestClock ahead = new TestClock();
    ahead.advance(Duration.ofSeconds(40));
    vertx.deployVerticle(new ScheduleVerticle(stores, this::start, ahead.time(), FAST)).await();
    until(() -> nextAt("s") != null);
    for (int minute = 0; minute < 5; minute++) {
      int before = started.size();
      ahead.advance(Duration.ofMinutes(1));
      until(() -> started.size() > before);
      clock.advance(Duration.ofMinutes(1));
      ticks();
      assertEquals(before + 1, started.size());
    }
    assertEquals(asked.stream().distinct().count(), asked.size());
  }

  @Test
  void aNodeThatDiesWhileItFiresLeavesOneFiring() {
    insert("s", "5 3 * * *", true);
    AtomicInteger dying = new AtomicInteger();
    String first =
        deploy(
            (id, scenario, by) -> {
              dying.incrementAndGet();
              start(id, scenario, by);
              return Promise.<Void>promise().future(); // it never gets to move the schedule on
            });
    until(() -> nextAt("s") != null);
    clock.advance(Duration.ofMinutes(1));
    until(() -> dying.get() == 1);
    vertx.undeploy(first).await();
    assertEquals(Instant.parse("2026-01-02T03:05:00Z"), nextAt("s"));
    deploy(this::start);
    until(() -> Instant.parse("2026-01-03T03:05:00Z").equals(nextAt("s")));
    assertEquals(List.of("scenario-of-s"), started);
  }

  @Test
  void whatCouldNotBeStartedForNowIsStartedLater() {
    insert("s", "* * * * *", true);
    AtomicInteger tries = new AtomicInteger();
    deploy(
        (id, scenario, by) ->
            tries.incrementAndGet() < 3
                ? Future.failedFuture(new ServiceFailure(ErrorCode.UNAVAILABLE, "store is away"))
                : start(id, scenario, by));
    until(() -> nextAt("s") != null);
    clock.advance(Duration.ofMinutes(1));
    until(() -> started.size() == 1);
    assertEquals(List.of("schedule s for 2026-01-02T03:05:00+00:00"), asked);
  }

  @Test
  void aSingleTimeFiresOnceAndEndsTheSchedule() {
    Instant at = Instant.parse("2026-01-02T03:05:07Z");
    Schedule once =
        ScheduleBuilder.builder().id("s").name("s").scenario("n").at(at).nextAt(at).build();
    stores.schedules.insert("s", once).await();
    deploy(this::start);
    clock.advance(Duration.ofMinutes(2));
    until(() -> started.size() == 1 && !schedule("s").enabled());
    assertEquals(at, schedule("s").firedAt());
  }

  @Test
  void overlapIsSkippedOrWaitedFor() {
    for (OverlapPolicy policy : List.of(OverlapPolicy.SKIP, OverlapPolicy.QUEUE)) {
      insert(policy.wire(), "* * * * *", true);
      stores
          .schedules
          .update(policy.wire(), s -> ScheduleBuilder.builder(s).overlap(policy).build())
          .await();
    }
    deploy(this::start);
    until(() -> nextAt("queue") != null && nextAt("skip") != null);
    clock.advance(Duration.ofMinutes(1));
    until(() -> schedule("queue").execution() != null && schedule("skip").execution() != null);
    String queued = schedule("queue").execution();
    for (String id : List.of(queued, schedule("skip").execution())) {
      stores
          .executions
          .insert(id, ExecutionBuilder.builder().id(id).state(State.RUNNING).build())
          .await();
    }
    clock.advance(Duration.ofMinutes(3));
    until(() -> schedule("queue").waitsFor() != null && schedule("skip").note() != null);
    ticks();
    assertEquals(2, started.size());
    stores
        .executions
        .update(queued, e -> ExecutionBuilder.builder(e).state(State.FINISHED).build())
        .await();
    until(() -> started.size() == 3);
    assertEquals("schedule queue for 2026-01-02T03:08:00+00:00", asked.get(2));
  }

  private static CronRule rule(String cron) {
    return CronRuleBuilder.builder().cron(cron).build();
  }

  /** As the real one, starts nothing again for an id that it knows. */
  private Future<Void> start(String executionId, String scenario, String requestedBy) {
    if (ids.add(executionId)) {
      started.add(scenario);
      asked.add(requestedBy);
    }
    return Future.succeededFuture();
  }

  private String deploy(ScheduleStarter starter) {
    return vertx.deployVerticle(new ScheduleVerticle(stores, starter, clock.time(), FAST)).await();
  }

  private void insert(String name, String cron, boolean enabled) {
    Schedule s =
        ScheduleBuilder.builder()
            .id(name)
            .name(name)
            .scenario("scenario-of-" + name)
            .cron(cron)
            .zone("UTC")
            .enabled(enabled)
            .build();
    stores.schedules.insert(name, s).await();
  }

  private Schedule schedule(String id) {
    return stores.schedules.get(id).await().value();
  }

  private Instant nextAt(String id) {
    return schedule(id).nextAt();
  }

  private static Scenario scenario(String name, CronRule rule) {
    return ScenarioBuilder.builder()
        .id("n1")
        .name(name)
        .suite("suite")
        .configuration("configuration")
        .schedule(rule)
        .build();
  }

  private void ticks() {
    vertx.timer(100, TimeUnit.MILLISECONDS).await();
  }

  private void until(BooleanSupplier holds) {
    while (!holds.getAsBoolean()) {
      vertx.timer(5, TimeUnit.MILLISECONDS).await();
    }
  }
}
