package io.cta.agent.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.RunMode;
import io.cta.message.LogWritten;
import io.cta.message.TaskRun;
import io.cta.message.TaskRunBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of the agent's limit and the server's the lower one holds; a gap and the end come after it. */
@Timeout(20)
class OutputSpoolLimitTest {
  private static final int TAIL_BYTES = OutputSpool.CHUNK_BYTES;

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({"200000, , 200000", "200000, 150000, 150000", "100000, 150000, 100000"})
  void theLowerLimitHolds(long own, Long servers, long kept) throws Exception {
    try (OutputSpool spool = new OutputSpool(dir, run(servers), own, 0)) {
      spool.write("t", new byte[1_000_000], 0, 1_000_000);
      spool.finish();
      List<LogWritten> chunks = spool.oldest(100);
      long stored = chunks.stream().filter(c -> !c.gap()).mapToLong(LogWritten::size).sum();
      assertEquals(kept + TAIL_BYTES, stored);
      long gap = chunks.stream().filter(LogWritten::gap).mapToLong(LogWritten::size).sum();
      assertEquals(1_000_000 - kept - TAIL_BYTES, gap);
    }
  }

  private static TaskRun run(Long logLimit) {
    return TaskRunBuilder.builder()
        .executionId("e")
        .taskId("e-0")
        .attempt(1)
        .token("token")
        .mode(RunMode.MONO)
        .suite("suite")
        .inputs(List.of())
        .outputs(List.of())
        .tests(List.of())
        .parameters(Map.of())
        .running(Duration.ofMinutes(1))
        .logLimit(logLimit)
        .build();
  }
}
