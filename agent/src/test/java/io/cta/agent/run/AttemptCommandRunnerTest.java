package io.cta.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.agent.fetch.CommandRunner.CommandOutcome;
import io.cta.agent.journal.AgentJournal;
import io.cta.agent.journal.TaskJournal;
import io.cta.agent.output.OutputSpool;
import io.cta.broker.ConditionPoller;
import io.cta.domain.RunMode;
import io.cta.masking.SecretMasker;
import io.cta.message.TaskRunBuilder;
import io.cta.time.MonotonicClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Programs that the agent itself runs for an attempt: what they get, and how they end. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
@DisabledOnOs(OS.WINDOWS)
class AttemptCommandRunnerTest {
  @TempDir Path dir;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final StopRequest stop = new StopRequest();
  private AgentJournal all;
  private AttemptContext attempt;

  @BeforeEach
  void open() throws IOException {
    all = new AgentJournal(dir.resolve("tasks"));
    TaskJournal journal =
        all.accept(
            TaskRunBuilder.builder()
                .executionId("e")
                .taskId("t")
                .attempt(1)
                .token("k")
                .mode(RunMode.MONO)
                .suite("suite")
                .build());
    OutputSpool spool = new OutputSpool(journal.dir(), journal.run(), 1 << 20, 0);
    attempt = new AttemptContext(journal.run(), journal, spool, stop);
  }

  @AfterEach
  void close() throws IOException {
    threads.shutdownNow();
    attempt.journal().close();
    all.close();
  }

  @Test
  void whatIsToStopGetsTermAndTimeToTidyUp() throws Exception {
    String script = "trap 'echo > tidied; exit 1' TERM; echo > ready; while :; do sleep 0.05; done";
    CompletableFuture<CommandOutcome> running =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return runner(Map.of()).run(List.of("sh", "-c", script), dir, Map.of());
              } catch (IOException e) {
                throw new AssertionError(e);
              } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
              }
            },
            threads);
    ConditionPoller.holds("ready", () -> Files.exists(dir.resolve("ready")));
    stop.ask(StopRequest.Cause.CANCELLED, null);
    ExecutionException end = assertThrows(ExecutionException.class, running::get);
    assertInstanceOf(InterruptedException.class, end.getCause().getCause());
    assertTrue(Files.exists(dir.resolve("tidied")));
  }

  @Test
  void itEndsWithTheTimeThatIsLeft() throws Exception {
    AttemptCommandRunner runner =
        new AttemptCommandRunner(
            attempt,
            Map.of(),
            threads,
            MonotonicClock.system(),
            SecretMasker.of(List.of()),
            new CompletableFuture<>(),
            () -> Duration.ofMillis(200));
    CommandOutcome outcome = runner.run(List.of("sleep", "50"), dir, Map.of());
    assertEquals(-1, outcome.exit());
    assertTrue(outcome.output().startsWith("not done after 200ms"), outcome.output());
  }

  @Test
  void itReadsItsInputAndNothingLeadsGitElsewhere() throws Exception {
    Path input = Files.writeString(dir.resolve("input"), "größe\0");
    CommandOutcome read = runner(Map.of()).run(List.of("cat"), dir, Map.of(), input);
    assertEquals("größe\0", read.output());
    assertEquals("", runner(Map.of()).run(List.of("cat"), dir, Map.of()).output());
    CommandOutcome env =
        runner(Map.of("GIT_DIR", "/x", "PLAIN", "1"))
            .run(List.of("env"), dir, Map.of("GIT_TERMINAL_PROMPT", "0"));
    assertTrue(env.output().contains("PLAIN=1"), env.output());
    assertTrue(env.output().contains("GIT_TERMINAL_PROMPT=0"), env.output());
    assertTrue(!env.output().contains("GIT_DIR"), env.output());
  }

  private AttemptCommandRunner runner(Map<String, String> env) {
    return new AttemptCommandRunner(
        attempt, env, threads, MonotonicClock.system(), SecretMasker.of(List.of()));
  }
}
