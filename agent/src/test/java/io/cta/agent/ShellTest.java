package io.cta.agent;

import static io.cta.agent.TaskBuilder.list;
import static io.cta.agent.TaskBuilder.stage;
import static io.cta.agent.TaskBuilder.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.agent.process.ProgramFinder;
import io.cta.domain.Result;
import io.cta.domain.ShellKind;
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

/** Which programs run the scripts of stages. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ShellTest {
  @TempDir static Path dir;
  private static TestServer server;
  private static InProcessAgent agent;

  @BeforeAll
  static void start() {
    server = new TestServer();
    agent = new InProcessAgent(server, dir, 2);
  }

  @AfterAll
  static void stop() {
    agent.close();
    server.close();
  }

  @Test
  void whatFailsInsideOfAPipeFailsTheTest() {
    Assumptions.assumeTrue(ProgramFinder.find("bash").isPresent());
    assertEquals(Result.FAILED, result("pipe", stage("exit 3 | cat")).result());
    assertEquals("bash -eo pipefail", server.confirmedEvents.shell("pipe"));
    assertEquals(
        Result.OK, result("pipe-sh", stage("exit 3 | cat").withDefault(ShellKind.SH)).result());
    assertEquals("sh -e", server.confirmedEvents.shell("pipe-sh"));
  }

  @Test
  void aListIsRunAsItIs() {
    Stage list = list("printf", "%s|", "a b", "$HOME", "*");
    assertEquals(Result.OK, result("list", list).result());
    assertEquals("a b|$HOME|*|", server.confirmedEvents.text("list"));
  }

  @Test
  void aPythonScriptRunsAndItsExceptionFails() {
    Assumptions.assumeTrue(ProgramFinder.find("python3").isPresent());
    Stage good = stage("import os\nprint('at', os.environ['CTA_TASK_ID'])");
    assertEquals(Result.OK, result("python", good.withDefault(ShellKind.PYTHON)).result());
    assertEquals("at python\n", server.confirmedEvents.text("python"));
    Stage bad = stage("raise ValueError('no')");
    assertEquals(Result.FAILED, result("python-bad", bad.withDefault(ShellKind.PYTHON)).result());
  }

  @Test
  void whatIsNotOnTheMachineIsNamed() {
    StatusReport program = result("absent", list("no-such-program-here"));
    assertEquals(Result.FAILED, program.result());
    assertTrue(program.message().contains("command not found"), program.message());
    StatusReport shell = result("no-cmd", stage("ver").withDefault(ShellKind.CMD));
    assertEquals("notStarted", shell.reason());
    assertTrue(shell.message().contains("cmd is not on the PATH"), shell.message());
  }

  private static StatusReport result(String task, Stage stage) {
    server.run(task(task).test("t", stage));
    server.confirmedEvents.ended(task);
    return server.confirmedEvents.only(task);
  }
}
