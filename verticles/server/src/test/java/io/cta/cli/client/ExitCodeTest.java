package io.cta.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.Result;
import io.cta.domain.State;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each end of an execution has its code, and only one end is good. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ExitCodeTest {
  @ParameterizedTest
  @EnumSource(State.class)
  void onlyAnExecutionThatFinishedWellIsZero(State state) {
    for (Result result : Result.values()) {
      int code = ExitCode.of(execution(state, result));
      if (state == State.FINISHED && result == Result.OK) {
        assertEquals(0, code);
      } else if (state.terminal()) {
        assertTrue(code >= 1 && code <= 5, state + " " + result + ": " + code);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(State.class)
  void anEndWithoutAResultIsNotGood(State state) {
    if (state.terminal()) {
      assertNotEquals(0, ExitCode.of(execution(state, null)));
    }
  }

  @Test
  void threeStatesAreTheEndAndTheOthersAreNot() {
    for (State state : State.values()) {
      boolean end =
          switch (state) {
            case PENDING, ACKED, RUNNING -> false;
            case FINISHED, CANCELLED, TIMEOUT -> true;
          };
      assertEquals(end, state.terminal(), state.wire());
    }
  }

  private static Execution execution(State state, Result result) {
    return ExecutionBuilder.builder().id("E").state(state).result(result).build();
  }
}
