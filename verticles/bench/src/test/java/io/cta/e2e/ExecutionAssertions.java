package io.cta.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.bench.fleet.BlockingApiClient;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** That executions whose tests all pass ended so, with nothing lost and nothing doubled. */
final class ExecutionAssertions {
  private ExecutionAssertions() {}

  static void check(BlockingApiClient api, List<String> ids, int tests, Duration limit) {
    for (String id : ids) {
      JsonObject end = api.ended(id, limit);
      end.remove("snapshot");
      String tasks = "/api/v1/executions/" + id + "/tasks";
      assertEquals("finished", end.getString("state"), () -> end + " " + api.all(tasks));
      assertEquals("ok", end.getString("result"), end.encode());
      assertEquals(tests, end.getJsonObject("counts").getInteger("ok"), end.encode());
      checkStatuses(api, id, tests);
    }
  }

  /** Every test has one status in the last attempt of its task, and no status is there twice. */
  private static void checkStatuses(BlockingApiClient api, String execution, int tests) {
    Map<String, Integer> lastAttempts = new HashMap<>();
    api.all("/api/v1/executions/" + execution + "/tasks")
        .forEach(task -> lastAttempts.put(task.getString("id"), task.getInteger("attempt")));
    Set<String> seen = new HashSet<>();
    Set<String> okTests = new HashSet<>();
    for (JsonObject s : api.all("/api/v1/executions/" + execution + "/statuses")) {
      assertTrue(seen.add(s.getString("id")), "doubled: " + s.encode());
      // an attempt whose machine died after its report keeps its statuses, and does not count
      if (lastAttempts.get(s.getString("taskId")).equals(s.getInteger("attempt"))) {
        assertEquals("ok", s.getString("result"), s.encode());
        assertTrue(okTests.add(s.getString("testId")), "counted twice: " + s.encode());
      }
    }
    assertEquals(tests, okTests.size());
  }
}
