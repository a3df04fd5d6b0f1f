package io.cta.server.sim;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;

/** Generates payloads of events as a broken or hostile agent may send them, from a seed. */
public final class RandomPayload {
  private static final List<String> FIELDS =
      List.of(
          "executionId",
          "taskId",
          "attempt",
          "token",
          "machineId",
          "reason",
          "askedAt",
          "state",
          "statusCount",
          "infra",
          "durationMs",
          "statuses",
          "testId",
          "seq",
          "offset",
          "size",
          "gap",
          "data",
          "session",
          "facts",
          "labels",
          "slots",
          "tasks",
          "load",
          "agentTime",
          "leaving",
          "result",
          "index",
          "custom",
          "details",
          "__proto__");
  private static final Object[] VALUES = {
    "",
    "e1",
    "e1-0",
    "m1",
    "finished",
    "ok",
    "2026-01-01T00:00:00Z",
    "%%%",
    "H4sI",
    "NaN",
    "\0",
    "\uD800",
    "x".repeat(10_000),
    0,
    1,
    -1,
    Integer.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE,
    1.5,
    1e300,
    true,
    false
  };

  private final Random random;

  public RandomPayload(long seed) {
    random = new Random(seed);
  }

  public JsonObject next() {
    return object(0);
  }

  public <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private JsonObject object(int depth) {
    JsonObject out = new JsonObject();
    for (int n = random.nextInt(FIELDS.size()); n > 0; n--) {
      out.put(pick(FIELDS), value(depth));
    }
    return out;
  }

  private Object value(int depth) {
    return switch (random.nextInt(depth > 4 ? 9 : 12)) {
      case 0 -> null;
      case 9 -> object(depth + 1);
      case 10 -> {
        JsonArray out = new JsonArray();
        for (int n = random.nextInt(4); n > 0; n--) {
          out.add(value(depth + 1));
        }
        yield out;
      }
      default -> VALUES[random.nextInt(VALUES.length)];
    };
  }
}
