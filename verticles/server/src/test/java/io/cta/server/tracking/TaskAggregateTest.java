package io.cta.server.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.Result;
import io.cta.domain.Status;
import io.cta.domain.StatusBuilder;
import io.cta.domain.StatusSource;
import io.cta.domain.Task;
import io.cta.json.JsonMapping;
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
class TaskAggregateTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  @Test
  void aCountMadeBeforeStatusesWereGivenUpEndsNoTask() {
    Task waiting = ended(3);
    TaskAggregate taskAggregate = new TaskAggregate(new StatusFold());
    taskAggregate.statuses.add(status(2, StatusSource.API));
    assertEquals(false, counted(taskAggregate, waiting).complete());

    Task givenUp = waiting.edit().statusesExpected(0).reason("statusesLost").done();
    assertEquals(false, counted(taskAggregate, givenUp).complete());
    new SubstituteStatuses(givenUp, "m", NOW)
        .of(taskAggregate.missing(givenUp), taskAggregate.interrupted(givenUp))
        .forEach(taskAggregate.statuses::add);
    assertEquals(true, counted(taskAggregate, givenUp).complete());
    assertEquals(Result.INCONCLUSIVE, counted(taskAggregate, givenUp).result());
  }

  @Test
  void allStatusesThatTheAgentAnnouncedAreEnough() {
    TaskAggregate taskAggregate = new TaskAggregate(new StatusFold());
    taskAggregate.statuses.add(status(1, StatusSource.API));
    assertEquals(true, counted(taskAggregate, ended(1)).complete());
  }

  private static Counted counted(TaskAggregate taskAggregate, Task task) {
    return (Counted) taskAggregate.counted(task, NOW);
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
    return JsonMapping.fromObject(json, Task.class);
  }

  private static Status status(int index, StatusSource source) {
    return StatusBuilder.builder()
        .id(Status.id("e-0", 1, index))
        .executionId("e")
        .taskId("e-0")
        .attempt(1)
        .testId("s/a")
        .testName("a")
        .index(index)
        .result(Result.OK)
        .source(source)
        .machineId("m1")
        .machineName("m")
        .at(NOW)
        .build();
  }
}
