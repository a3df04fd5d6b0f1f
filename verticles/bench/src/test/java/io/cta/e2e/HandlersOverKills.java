package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.ProcessFleet;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server dies while executions end: each of them has its message delivered and its scenario
 * started. {@code CTA_TEST_KILLS} has it done more often.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
abstract class HandlersOverKills {
  private static final Duration LIMIT = ServerKills.LIMIT;
  private static final int AT_ONCE = 3;

  @TempDir Path dir;
  private final ServerKills kills = new ServerKills(700);
  private WebhookRecorder recorder;
  private ProcessFleet fleet;

  /** The variables of the server that say where its data is. */
  abstract Map<String, String> store();

  @BeforeEach
  void start() throws Exception {
    recorder = new WebhookRecorder();
    fleet = ServerKills.fleet(dir, store());
    JsonArray tests = ProcessFleet.tests(ProcessFleet.test("t", "true"));
    fleet.define("next", "mono", new JsonObject(), tests);
    fleet.define("told", "mono", new JsonObject(), tests);
    fleet.api.apply(
        new JsonObject().put("kind", "Channel").put("name", "hook").put("url", recorder.url()),
        scenario("told")
            .put(
                "after",
                new JsonArray()
                    .add(new JsonObject("{\"notify\": {\"channels\": [\"hook\"]}}"))
                    .add(
                        new JsonObject(
                            "{\"when\": \"result == ok\", \"start\": {\"scenario\": \"next\"}}"))
                    .add(
                        new JsonObject(
                            "{\"on\": \"failure\", \"start\": {\"scenario\": \"next\"}}"))));
  }

  @AfterEach
  void stop() {
    fleet.close();
    recorder.close();
    closeStore();
  }

  void closeStore() {}

  @Test
  void aServerThatDiesBetweenResultAndDeliveryLosesAndDoublesNothing() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < ServerKills.COUNT; i++) {
      for (int n = 0; n < AT_ONCE; n++) {
        ids.add(fleet.api.start("told"));
      }
      kills.once(fleet);
    }
    Set<String> children = new TreeSet<>();
    for (String id : ids) {
      JsonArray after = settled(id);
      assertEquals(List.of("done", "done", "skipped"), states(after), after::encode);
      assertTrue(children.add(after.getJsonObject(1).getString("executionId")), after::encode);
    }
    Map<String, Set<String>> contents = new HashMap<>();
    recorder.received.forEach(
        one -> contents.computeIfAbsent(one.id(), id -> new TreeSet<>()).add(one.body()));
    contents.forEach((id, bodies) -> assertEquals(1, bodies.size(), id + ": " + bodies));
    Set<String> told =
        contents.values().stream()
            .map(bodies -> new JsonObject(bodies.iterator().next()).getJsonObject("data"))
            .map(data -> data.getString("id"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(ids), told);
    assertEquals(ids.size(), contents.size(), "one message for each");
    Set<String> made =
        fleet.api.all("/api/v1/executions?scenario=next").stream()
            .map(execution -> execution.getString("id"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(children, made);
    for (String child : made) {
      assertEquals("ok", fleet.api.ended(child, LIMIT).getString("result"));
    }
  }

  private JsonArray settled(String id) {
    return ConditionPoller.holds(
        "the handlers of " + id,
        LIMIT,
        () -> fleet.api.execution(id).getJsonArray("after"),
        after ->
            states(after).stream().noneMatch(s -> Set.of("waiting", "due", "sending").contains(s)));
  }

  private static List<String> states(JsonArray after) {
    return after.stream().map(outcome -> ((JsonObject) outcome).getString("state")).toList();
  }

  private static JsonObject scenario(String name) {
    return new JsonObject()
        .put("kind", "Scenario")
        .put("name", name)
        .put("suite", name)
        .put("configuration", name);
  }
}
