package io.cta.server.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.Attempt;
import io.cta.domain.Result;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Task;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the end of an attempt is held against its machine. */
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
    Attempt over = new Attempt(1, "m", NOW, NOW, State.FINISHED, Result.OK, infra, reason);
    Task again = running().edit().state(State.PENDING).machineId(null).over(over).done();
    assertEquals(new AttemptEnd("m", blamed, finished), AttemptEnd.of(running(), again));
  }

  private static Task running() {
    return new Task(
            "T",
            "E",
            0,
            RunMode.MONO,
            List.of("a"),
            null,
            null,
            false,
            State.RUNNING,
            null,
            null,
            null,
            0,
            null,
            1,
            "k",
            NOW,
            NOW,
            NOW,
            NOW,
            null,
            null,
            null,
            null,
            false,
            null,
            0,
            0,
            null,
            null,
            null,
            null,
            null)
        .edit()
        .machineId("m")
        .done();
  }
}
