package io.cta.agent;

import static io.cta.agent.TaskBuilder.list;
import static io.cta.agent.TaskBuilder.stage;
import static io.cta.agent.TaskBuilder.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.agent.process.OnPath;
import io.cta.domain.Result;
import io.cta.domain.Shell;
import io.cta.domain.Stage;
import io.cta.message.StatusReport;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What runs the scripts of stages. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ShellTest {
  @TempDir static Path dir;
  private static TestServer server;
  private static InProcess agent;

  @BeforeAll
  static void start() {
    server = new TestServer();
    agent = new InProcess(server, dir, 2);
  }

  @AfterAll
  static void stop() {
    agent.close();
    server.close();
  }

  @Test
  void whatFailsInsideOfAPipeFailsTheTest() {
    Assumptions.assumeTrue(OnPath.find("bash").isPresent());
    assertEquals(Result.FAILED, result("pipe", stage("exit 3 | cat")).result());
    assertEquals("bash -eo pipefail", server.events.shell("pipe"));
    assertEquals(
        Result.OK, result("pipe-sh", stage("exit 3 | cat").withDefault(Shell.SH)).result());
    assertEquals("sh -e", server.events.shell("pipe-sh"));
  }

  @Test
  void aListIsRunAsItIs() {
    Stage list = list("printf", "%s|", "a b", "$HOME", "*");
    assertEquals(Result.OK, result("list", list).result());
    assertEquals("a b|$HOME|*|", server.events.text("list"));
  }

  @Test
  void aPythonScriptRunsAndItsExceptionFails() {
    Assumptions.assumeTrue(OnPath.find("python3").isPresent());
    Stage good = stage("import os\nprint('at', os.environ['CTA_TASK_ID'])");
    assertEquals(Result.OK, result("python", good.withDefault(Shell.PYTHON)).result());
    assertEquals("at python\n", server.events.text("python"));
    Stage bad = stage("raise ValueError('no')");
    assertEquals(Result.FAILED, result("python-bad", bad.withDefault(Shell.PYTHON)).result());
  }

  @Test
  void whatIsNotOnTheMachineIsNamed() {
    StatusReport program = result("absent", list("no-such-program-here"));
    assertEquals(Result.FAILED, program.result());
    assertTrue(program.message().contains("command not found"), program.message());
    StatusReport shell = result("no-cmd", stage("ver").withDefault(Shell.CMD));
    assertEquals("notStarted", shell.reason());
    assertTrue(shell.message().contains("cmd is not on the PATH"), shell.message());
  }

  private static StatusReport result(String task, Stage stage) {
    server.run(task(task).test("t", stage));
    server.events.ended(task);
    return server.events.only(task);
  }
}
