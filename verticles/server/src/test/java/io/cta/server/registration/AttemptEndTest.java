package io.cta.server.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.Attempt;
import io.cta.domain.AttemptBuilder;
import io.cta.domain.Result;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.domain.TaskBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the end of an attempt counts against its machine. */
@Timeout(30)
class AttemptEndTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @ParameterizedTest
  @CsvSource({
    "false, ,            false, true",
    "true,  machineLost, true,  false",
    "true,  agentFailed, true,  false",
    "true,  fetchFailed, false, false",
    "false, fetchFailed, false, false",
  })
  void onlyTheMachinesOwnFaultsCountAgainstIt(
      boolean infra, String reason, boolean blamed, boolean finished) {
    Attempt over =
        AttemptBuilder.builder()
            .number(1)
            .machineId("m")
            .startedAt(NOW)
            .endedAt(NOW)
            .state(State.FINISHED)
            .result(Result.OK)
            .infra(infra)
            .reason(reason)
            .build();
    Task again = running().edit().state(State.PENDING).machineId(null).over(over).done();
    assertEquals(new AttemptEnd("m", blamed, finished), AttemptEnd.of(running(), again));
  }

  private static Task running() {
    return TaskBuilder.builder()
        .id("T")
        .executionId("E")
        .mode(RunMode.MONO)
        .testIds(List.of("a"))
        .state(State.RUNNING)
        .attempt(1)
        .token("k")
        .createdAt(NOW)
        .releasedAt(NOW)
        .ackedAt(NOW)
        .startedAt(NOW)
        .build()
        .edit()
        .machineId("m")
        .done();
  }
}
