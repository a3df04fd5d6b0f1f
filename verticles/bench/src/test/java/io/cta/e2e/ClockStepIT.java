package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.FakeClock;
import io.cta.bench.fleet.ProcessFleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock of a server, or of an agent, is set while executions run: no attempt is lost. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ClockStepIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final List<Duration> STEPS =
      List.of(Duration.ofSeconds(31), Duration.ofHours(2), Duration.ofHours(-2), Duration.ZERO);
  private static final int TESTS = 4;

  @TempDir Path dir;
  private ProcessFleet fleet;
  private FakeClock clock;

  @BeforeEach
  void make() {
    Path library = FakeClock.library().orElse(null);
    if (library == null) {
      String text = "libfaketime is not installed (apt-get install faketime)";
      if (Boolean.parseBoolean(System.getenv("CTA_REQUIRE_SERVERS"))) {
        throw new AssertionError(text);
      }
      abort(text);
    }
    clock = new FakeClock(library, dir.resolve("clock"));
    fleet = new ProcessFleet(dir);
  }

  @AfterEach
  void stop() {
    if (fleet != null) {
      fleet.close();
    }
  }

  @Test
  void theServersClockIsSetForthAndBackUnderRunningWork() throws IOException {
    fleet.serverEnv(clock.env()).startServers().startAgent("a").startAgent("b").online(2);
    List<String> ids = begin();
    steps(ids);
    check(ids);
    String log = Files.readString(fleet.servers().get(0).log());
    assertEquals(STEPS.size(), log.split("the wall clock was set", -1).length - 1, log);
    assertTrue(!log.contains("machine is silent") && !log.contains("attempt is lost"), log);
  }

  @Test
  void theServerDiesRightAfterItsClockWasSet() {
    // agents wait a while between two tries to connect
    fleet.serverEnv(Map.of("CTA_AGENTS_LEASE", "20s"));
    fleet.serverEnv(clock.env()).startServers().startAgent("a").startAgent("b").online(2);
    List<String> ids = begin();
    clock.set(Duration.ofHours(2));
    fleet.server().kill();
    clock.set(Duration.ofHours(4));
    fleet.startServers().online(2);
    check(ids);
  }

  @Test
  void anAgentsClockIsSetForthAndBackUnderRunningWork() {
    fleet.startServers().startAgent("a", clock.env()).startAgent("b").online(2);
    List<String> ids = begin();
    clock.set(Duration.ofHours(2));
    notices("ahead of the server's", "was suspended for");
    steps(ids);
    check(ids);
    notices("was suspended for");
  }

  /** Waits until one machine says each of these, and nothing else. */
  private void notices(String... texts) {
    ConditionPoller.holds(
        "notices " + String.join(", ", texts),
        LIMIT,
        () ->
            fleet.api.all("/api/v1/machines").stream()
                .flatMap(m -> m.getJsonArray("notices", new JsonArray()).stream())
                .map(String::valueOf)
                .toList(),
        said ->
            said.size() == texts.length
                && said.stream().allMatch(t -> List.of(texts).stream().anyMatch(t::contains)));
  }

  private List<String> begin() {
    JsonArray tests = new JsonArray();
    for (int i = 0; i < TESTS; i++) {
      tests.add(ProcessFleet.test("t" + i, "sleep 4"));
    }
    JsonObject limits = new JsonObject().put("pending", "90s").put("running", "90s");
    fleet.define("slow", "parallel", limits, tests);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(fleet.api.start("slow"));
    }
    ConditionPoller.holds("a running test", LIMIT, () -> fleet.api.running(ids.get(0)), n -> n > 0);
    return ids;
  }

  /** More than a lease of the fleet, and some heartbeats, go by between two of them. */
  private void steps(List<String> ids) {
    for (Duration step : STEPS) {
      int before = done(ids);
      clock.set(step);
      ConditionPoller.holds("tests that end", LIMIT, () -> done(ids), n -> n >= before + 2);
    }
  }

  private int done(List<String> ids) {
    return ids.stream().mapToInt(id -> fleet.api.execution(id).getInteger("tasksDone")).sum();
  }

  private void check(List<String> ids) {
    ExecutionAssertions.check(fleet.api, ids, TESTS, LIMIT);
    for (String id : ids) {
      for (JsonObject task : fleet.api.all("/api/v1/executions/" + id + "/tasks")) {
        assertEquals(1, task.getInteger("attempt"), task::encode);
      }
    }
    for (JsonObject machine : fleet.api.all("/api/v1/machines")) {
      assertEquals("online", machine.getString("presence"), machine::encode);
      assertEquals(0, machine.getInteger("failuresInRow", 0), machine::encode);
    }
  }
}
