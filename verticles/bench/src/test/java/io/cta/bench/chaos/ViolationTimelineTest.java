package io.cta.bench.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.bench.history.ExecutionInvariant;
import io.cta.bench.history.InvariantViolation;
import io.cta.bench.history.OutagePeriod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class ViolationTimelineTest {
  @TempDir Path dir;

  @Test
  void tellsWhatThePartsLoggedOfAnExecutionInTheOrderOfTime() throws IOException {
    Path server =
        log("server.log", "10:00:02 lost [task: E1-0]", "10:00:03 about another [task: E2-0]");
    Path agent = log("agent.log", "10:00:01 task begins [task: E1-0]");
    InvariantViolation invariantViolation =
        new InvariantViolation(ExecutionInvariant.I4, "E1-0.2", "is inconclusive");
    OutagePeriod outagePeriod =
        new OutagePeriod("broker", Instant.EPOCH, Instant.EPOCH.plusSeconds(1));
    assertEquals(
        List.of(
            outagePeriod.toString(),
            "E1",
            "10:00:01 task begins [task: E1-0]  (agent.log)",
            "10:00:02 lost [task: E1-0]  (server.log)"),
        ViolationTimeline.of(
            List.of(invariantViolation, invariantViolation),
            List.of(server, agent),
            List.of(outagePeriod)));
  }

  private Path log(String name, String... lines) throws IOException {
    return Files.write(dir.resolve(name), List.of(lines));
  }
}
