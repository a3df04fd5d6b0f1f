package io.cta.agent.process;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.ConditionPoller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whose processes an agent ends when it starts. */
@EnabledOnOs(OS.LINUX)
@Timeout(30)
class LeftoverProcessesTest {
  @TempDir Path dir;

  private Path work;
  private Path copy;
  private Path workspace;
  private Process process;

  @BeforeEach
  void begin() throws IOException {
    work = Files.createDirectories(dir.resolve("original/work"));
    copy = Files.createDirectories(dir.resolve("copy/work"));
    workspace = Files.createDirectories(work.resolve("t1.1"));
    ProcessBuilder sleep = new ProcessBuilder("sleep", "60");
    sleep
        .environment()
        .putAll(
            Map.of(
                ProcessOwner.TASK,
                "t1",
                ProcessOwner.ATTEMPT,
                "1",
                ProcessOwner.WORKSPACE,
                workspace.toString()));
    process = sleep.start();
    ConditionPoller.holds(
        "its environment", () -> ProcFs.owned(process.pid(), new ProcessOwner("t1", 1)));
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void aLeftoverIsEnded() {
    leftoversOf(work);
    assertEnded();
  }

  @Test
  void whatRunsForTheOriginalIsNotTheCopysToEnd() {
    leftoversOf(copy);
    assertTrue(process.isAlive());
  }

  @Test
  void aCopyThatHasNotWorkedYetEndsNothingEither() throws IOException {
    Files.delete(copy);
    leftoversOf(copy);
    assertTrue(process.isAlive());
  }

  @Test
  void whatShowsNoEnvironmentIsKnownByItsDirectory() throws IOException {
    process.destroyForcibly();
    ProcessBuilder bare = new ProcessBuilder("sleep", "60").directory(workspace.toFile());
    bare.environment().clear();
    process = bare.start();
    leftoversOf(copy);
    assertTrue(process.isAlive());
    leftoversOf(work);
    assertEnded();
  }

  @Test
  void aLeftoverIsEndedAfterTheDataDirectoryWasMoved() throws IOException {
    Path moved = Files.move(dir.resolve("original"), dir.resolve("moved"));
    leftoversOf(moved.resolve("work"));
    assertEnded();
  }

  @Test
  void anotherNameOfTheSameDirectoryIsNoOtherDirectory() throws IOException {
    Path link = Files.createSymbolicLink(dir.resolve("link"), dir.resolve("original"));
    leftoversOf(link.resolve("work"));
    assertEnded();
  }

  private void leftoversOf(Path agentsWork) {
    long started =
        process.toHandle().info().startInstant().orElseThrow(AssertionError::new).toEpochMilli();
    LeftoverProcesses.kill(process.pid(), started, new ProcessOwner("t1", 1, agentsWork));
  }

  private void assertEnded() {
    assertNotEquals(0, process.onExit().join().exitValue());
  }
}
