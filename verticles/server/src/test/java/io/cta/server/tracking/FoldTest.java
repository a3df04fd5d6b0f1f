package io.cta.server.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.Result;
import io.cta.domain.Status;
import io.cta.domain.StatusSource;
import io.cta.domain.Task;
import io.cta.json.Json;
import io.cta.state.StatusFold;
import io.cta.state.TaskFact.Counted;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When a count may end its task. */
@Timeout(value = 10, unit = TimeUnit.SECONDS)
class FoldTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  @Test
  void aCountThatIsOlderThanTheLossOfStatusesEndsNothing() {
    Task waiting = ended(3);
    Fold fold = new Fold(new StatusFold());
    fold.statuses.add(status(2, StatusSource.API));
    assertEquals(false, counted(fold, waiting).complete());

    Task givenUp = waiting.edit().statusesExpected(0).reason("statusesLost").done();
    assertEquals(false, counted(fold, givenUp).complete());
    new StandInStatuses(givenUp, "m", NOW)
        .of(fold.missing(givenUp), fold.interrupted(givenUp))
        .forEach(fold.statuses::add);
    assertEquals(true, counted(fold, givenUp).complete());
    assertEquals(Result.INCONCLUSIVE, counted(fold, givenUp).result());
  }

  @Test
  void allThatTheAgentSpokeOfIsEnough() {
    Fold fold = new Fold(new StatusFold());
    fold.statuses.add(status(1, StatusSource.API));
    assertEquals(true, counted(fold, ended(1)).complete());
  }

  private static Counted counted(Fold fold, Task task) {
    return (Counted) fold.counted(task, NOW);
  }

  private static Task ended(int statuses) {
    JsonObject json =
        new JsonObject()
            .put("id", "e-0")
            .put("executionId", "e")
            .put("mode", "mono")
            .put("testIds", new JsonArray(List.of("s/a")))
            .put("state", "running")
            .put("attempt", 1)
            .put("machineId", "m1")
            .put("endState", "finished")
            .put("statusesExpected", statuses);
    return Json.fromObject(json, Task.class);
  }

  private static Status status(int index, StatusSource source) {
    return new Status(
        Status.id("e-0", 1, index),
        "e",
        "e-0",
        1,
        "s/a",
        "a",
        null,
        index,
        Result.OK,
        false,
        source,
        null,
        null,
        null,
        null,
        "m1",
        "m",
        NOW,
        null);
  }
}
