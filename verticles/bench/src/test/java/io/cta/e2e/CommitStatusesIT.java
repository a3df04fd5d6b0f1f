package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.bench.fleet.BlockingApiClient;
import io.cta.bench.fleet.ConditionPoller;
import io.cta.bench.fleet.ProcessFleet;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statuses of commits are ended, once, by servers that are killed at any moment. {@code
 * CTA_TEST_KILLS} has it done more often.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CommitStatusesIT {
  private static final Duration LIMIT = ServerKills.LIMIT;
  private static final int AT_ONCE = 3;

  @TempDir Path dir;
  private final ServerKills kills = new ServerKills(900);
  private CommitStatusRecorder gitlab;
  private ProcessFleet fleet;

  @BeforeEach
  void start() throws Exception {
    gitlab = new CommitStatusRecorder();
    fleet = ServerKills.fleet(dir, Map.of());
    fleet.define(
        "told", "mono", new JsonObject(), ProcessFleet.tests(ProcessFleet.test("t", "true")));
    fleet.api.apply(
        new JsonObject()
            .put("kind", "Forge")
            .put("name", "lab")
            .put("type", "gitlab")
            .put("url", gitlab.url())
            .put("token", CommitStatusRecorder.TOKEN),
        new JsonObject()
            .put("kind", "Scenario")
            .put("name", "told")
            .put("suite", "told")
            .put("configuration", "told")
            .put("report", new JsonObject().put("forge", "lab").put("project", "group/app")));
  }

  @AfterEach
  void stop() {
    fleet.close();
    gitlab.close();
  }

  @Test
  void theLastStateIsFinalAndThereOnceWheneverTheServerDies() throws Exception {
    Map<String, String> commits = new java.util.LinkedHashMap<>();
    for (int i = 0; i < ServerKills.COUNT; i++) {
      for (int n = 0; n < AT_ONCE; n++) {
        String commit = commit();
        commits.put(start(commit), commit);
      }
      kills.once(fleet);
    }
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, String> one : commits.entrySet()) {
      JsonObject report = settled(one.getKey());
      assertEquals("done", report.getString("state"), report::encode);
      List<List<String>> rows = gitlab.rows(one.getValue());
      if (!rows.equals(List.of(List.of("pending", "running", "success")))) {
        wrong.add(one + ": " + rows);
      }
    }
    assertEquals(List.of(), wrong);
  }

  private String start(String commit) {
    JsonObject body =
        new JsonObject()
            .put("scenario", "told")
            .put("source", new JsonObject().put("commit", commit).put("branch", "main"));
    return BlockingApiClient.expect(
            202, fleet.api.send("POST", "/api/v1/executions", body.encode()))
        .getString("id");
  }

  private JsonObject settled(String id) {
    return ConditionPoller.holds(
        "the report of " + id,
        LIMIT,
        () -> fleet.api.execution(id).getJsonObject("report"),
        report -> List.of("done", "failed").contains(report.getString("state")));
  }

  private String commit() {
    byte[] bytes = new byte[20];
    kills.random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
