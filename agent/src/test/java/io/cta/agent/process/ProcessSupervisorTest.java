package io.cta.agent.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cta.broker.ConditionPoller;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nothing that a command starts outlives it, however well it hides. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ProcessSupervisorTest {
  private static final ProcessOwner OWNER = new ProcessOwner("supervised", 1);

  @TempDir Path dir;

  @BeforeAll
  static void needsLinuxAndPerl() {
    assumeTrue(ProcessSupervisor.available());
  }

  @ParameterizedTest
  @CsvSource({"exit 0, 0", "exit 3, 3", "exit 200, 200", "kill -9 $$, 137", "kill -SEGV $$, 139"})
  void theCommandsExitCodeComesOut(String script, int code) throws IOException {
    assertEquals(code, start(script).exit().join());
  }

  @Test
  void aDaemonThatLeftSessionAndEnvironmentIsEndedAndNamed() throws IOException {
    GroupedProcess process = start("env -i \"$(command -v setsid)\" sleep 61 & echo $! > daemon");
    assertEquals(0, process.exit().join());
    assertGone("daemon");
    String left = LeftoverProcesses.named(dir.resolve("left")).orElseThrow();
    assertTrue(left.startsWith("sleep ("), left);
  }

  @Test
  void whatEndsWithinASecondIsNotNamed() throws IOException {
    assertEquals(0, start("(sleep 0.2; echo late > file) & exit 0").exit().join());
    assertTrue(dir.resolve("file").toFile().exists());
    assertTrue(LeftoverProcesses.named(dir.resolve("left")).isEmpty());
  }

  @Test
  void aKillReachesHiddenProcessesToo() throws IOException {
    GroupedProcess process =
        start("env -i \"$(command -v setsid)\" sleep 62 & echo $! > daemon; exec sleep 63");
    until("daemon");
    process.tree().kill();
    assertTrue(process.exit().isDone() || process.exit().join() > 128);
    assertFalse(process.tree().alive());
    assertGone("daemon");
  }

  @Test
  void afterTermEveryProcessMayEndInItsOwnTime() throws IOException {
    GroupedProcess process =
        start(
            "trap '' TERM; (trap 'sleep 1.5; echo done > file; exit' TERM; echo > up; sleep 64 & wait) & sleep 1.2; wait");
    until("up");
    process.tree().terminate();
    process.exit().join();
    assertTrue(dir.resolve("file").toFile().exists());
  }

  private GroupedProcess start(String script) throws IOException {
    return GroupedProcess.start(
        List.of("sh", "-c", script), dir, Map.of(), OWNER, name -> true, null, dir.resolve("left"));
  }

  private void assertGone(String pidFile) throws IOException {
    long pid = Long.parseLong(java.nio.file.Files.readString(dir.resolve(pidFile)).strip());
    assertFalse(ProcFs.of(pid).filter(ProcFs.Entry::running).isPresent());
  }

  private void until(String file) {
    ConditionPoller.holds(file, () -> dir.resolve(file).toFile().length() > 0);
  }
}
