package io.cta.server.executions;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.websocket.LinkFrame;
import io.cta.domain.ConfigurationBuilder;
import io.cta.domain.ExecutionSnapshot;
import io.cta.domain.RunMode;
import io.cta.domain.ScenarioBuilder;
import io.cta.domain.Stage;
import io.cta.domain.StageBuilder;
import io.cta.domain.StageScript;
import io.cta.domain.TestBuilder;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An execution whose commands no queue could carry is refused at the start. */
@Timeout(30)
class CommandSizeCheckTest {
  @Test
  void aSuiteTooLargeForOneTaskMayRunInParallel() {
    assertRefused(RunMode.MONO, 30, 75_000, "use mode parallel");
    assertRefused(RunMode.STRESS, 30, 75_000, "use mode parallel");
    assertDoesNotThrow(() -> CommandSizeCheck.check(snapshot(RunMode.PARALLEL, 30, 75_000)));
    assertDoesNotThrow(() -> CommandSizeCheck.check(snapshot(RunMode.MONO, 20, 75_000)));
  }

  @Test
  void aSingleTestMayBeTooLarge() {
    assertRefused(RunMode.PARALLEL, 1, 2_000_000, "that an input brings");
  }

  @Test
  void theLimitIsBelowThatOfALink() {
    assertTrue(CommandSizeCheck.MAX_BYTES < LinkFrame.MAX_BYTES);
  }

  private static void assertRefused(RunMode mode, int tests, int script, String advice) {
    ServiceFailure refused =
        assertThrows(
            ServiceFailure.class, () -> CommandSizeCheck.check(snapshot(mode, tests, script)));
    assertEquals(ErrorCode.TOO_LARGE, refused.code());
    assertTrue(refused.getMessage().contains(advice), refused.getMessage());
  }

  private static ExecutionSnapshot snapshot(RunMode mode, int tests, int script) {
    Stage stage = StageBuilder.builder().run(StageScript.of("x".repeat(script))).build();
    return new ExecutionSnapshot(
        ScenarioBuilder.builder().id("s").name("s").suite("s").configuration("c").build(),
        ConfigurationBuilder.builder().id("c").name("c").mode(mode).build(),
        "s",
        List.of(),
        List.of(),
        IntStream.range(0, tests)
            .mapToObj(
                i -> TestBuilder.builder().id("t" + i).name("t" + i).stages(List.of(stage)).build())
            .toList(),
        Map.of());
  }
}
