package io.cta.server.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.domain.CronRule;
import io.cta.domain.Scenario;
import io.cta.domain.ScenarioBuilder;
import io.cta.domain.Schedule;
import io.cta.domain.ScheduleBuilder;
import io.cta.error.ServiceFailure;
import io.cta.server.sim.TestClock;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
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
        scenario -> {
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
    stores.scenarios.insert("n1", scenario("nightly", new CronRule("0 4 * * *", "UTC"))).await();
    deploy(this::start);
    until(() -> stores.schedules.find("scenario-n1").await().isPresent());
    until(() -> nextAt("scenario-n1") != null);
    assertEquals("scenario nightly", schedule("scenario-n1").name());
    clock.advance(Duration.ofHours(1));
    until(() -> started.equals(List.of("n1")));
    stores
        .scenarios
        .update("n1", s -> scenario("nightly", new CronRule("30 5 * * *", "UTC")))
        .await();
    until(() -> Instant.parse("2026-01-02T05:30:00Z").equals(nextAt("scenario-n1")));
    stores.scenarios.update("n1", s -> scenario("nightly", null)).await();
    until(() -> stores.schedules.find("scenario-n1").await().isEmpty());
    assertTrue(started.size() == 1);
  }

  private Future<String> start(String scenario) {
    started.add(scenario);
    return Future.succeededFuture("execution");
  }

  private String deploy(Function<String, Future<String>> starter) {
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
