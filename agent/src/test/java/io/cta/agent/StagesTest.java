package io.cta.agent;

import static io.cta.agent.TaskBuilder.in;
import static io.cta.agent.TaskBuilder.limited;
import static io.cta.agent.TaskBuilder.optional;
import static io.cta.agent.TaskBuilder.script;
import static io.cta.agent.TaskBuilder.stage;
import static io.cta.agent.TaskBuilder.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.domain.StatusSource;
import io.cta.message.MessageTypes;
import io.cta.message.StatusReport;
import io.cta.message.TaskEnded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What stages do and which results tests get from them, with real processes. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StagesTest {
  @TempDir static Path dir;
  private static TestServer server;
  private static InProcessAgent agent;

  @BeforeAll
  static void start() {
    server = new TestServer();
    agent = new InProcessAgent(server, dir, 4);
  }

  @AfterAll
  static void stop() {
    agent.close();
    server.close();
  }

  @Test
  void aTaskIsAckedStartedGivenResultsAndEndedInThatOrder() {
    server.run(script("order", "echo hello"));
    TaskEnded end = server.confirmedEvents.ended("order");
    assertEquals(State.FINISHED, end.state());
    assertEquals(1, end.statusCount());
    assertFalse(end.infra());
    assertEquals(TestServer.MACHINE, end.machineId());
    assertTrue(end.durationMs() >= 0);
    assertEquals(
        List.of(
            MessageTypes.TASK_ACKED,
            MessageTypes.TASK_STARTED,
            MessageTypes.STATUSES_REPORTED,
            MessageTypes.TASK_ENDED),
        server.confirmedEvents.typesOf("order"));
    assertEquals("hello\n", server.confirmedEvents.text("order"));
    StatusReport status = server.confirmedEvents.only("order");
    assertEquals(Result.OK, status.result());
    assertEquals(StatusSource.EXIT, status.source());
    assertEquals("suite/t", status.testId());
    assertEquals(1, status.index());
  }

  @Test
  void aCommandThatFailsFailsItsTest() {
    server.run(task("codes").test("bad", stage("exit 3")).test("good", stage("true")));
    server.confirmedEvents.ended("codes");
    assertEquals(List.of(Result.FAILED, Result.OK), server.confirmedEvents.results("codes"));
    assertEquals("exit code 3", server.confirmedEvents.statuses("codes").get(0).message());
  }

  @Test
  void aScriptStopsAtItsFirstFailingCommand() {
    server.run(script("sh-e", "false\necho never"));
    server.confirmedEvents.ended("sh-e");
    assertEquals(Result.FAILED, server.confirmedEvents.only("sh-e").result());
    assertEquals("", server.confirmedEvents.text("sh-e"));
  }

  @Test
  void aMissingCommandSaysSo() {
    server.run(script("missing", "no-such-command-at-all"));
    server.confirmedEvents.ended("missing");
    StatusReport status = server.confirmedEvents.only("missing");
    assertEquals(Result.FAILED, status.result());
    assertEquals("exit code 127 (command not found)", status.message());
    assertTrue(server.confirmedEvents.text("missing").contains("no-such-command-at-all"));
  }

  @Test
  void aKilledCommandNamesItsSignal() {
    server.run(script("signal", "kill -KILL $$"));
    server.confirmedEvents.ended("signal");
    assertEquals("exit code 137 (SIGKILL)", server.confirmedEvents.only("signal").message());
  }

  @Test
  void aBadDirectoryFailsItsTestAndTheNextTestRuns() {
    server.run(task("cwd").test("bad", in("no/such", "true")).test("good", stage("true")));
    server.confirmedEvents.ended("cwd");
    StatusReport bad = server.confirmedEvents.statuses("cwd").get(0);
    assertEquals(Result.FAILED, bad.result());
    assertEquals("badCwd", bad.reason());
    assertTrue(bad.message().contains("no/such"));
    assertEquals(Result.OK, server.confirmedEvents.results("cwd").get(1));
  }

  @Test
  void stagesShareTheWorkspaceAndRunInTheirDirectory() {
    server.run(task("dirs").test("t", stage("mkdir sub"), in("sub", "pwd")));
    server.confirmedEvents.ended("dirs");
    assertEquals(Result.OK, server.confirmedEvents.only("dirs").result());
    assertTrue(server.confirmedEvents.text("dirs").strip().endsWith("dirs.1/sub"));
  }

  @Test
  void aFailingMandatoryStageEndsItsTest() {
    server.run(task("mandatory").test("t", stage("exit 1"), stage("echo never")));
    server.confirmedEvents.ended("mandatory");
    assertEquals("stage run: exit code 1", server.confirmedEvents.only("mandatory").message());
    assertEquals("", server.confirmedEvents.text("mandatory"));
  }

  @Test
  void aFailingOptionalStageMakesItsTestPartial() {
    server.run(task("partial").test("t", optional("lint", "exit 1"), stage("echo on")));
    server.confirmedEvents.ended("partial");
    assertEquals(Result.PARTIAL, server.confirmedEvents.only("partial").result());
    assertEquals("on\n", server.confirmedEvents.text("partial"));
  }

  @Test
  void aStagePastItsTimeoutFailsAndTheNextTestRuns() {
    server.run(
        task("slow")
            .test("t", limited("sleep 60", null, Duration.ofMillis(200), null))
            .test("next", stage("true")));
    assertEquals(State.FINISHED, server.confirmedEvents.ended("slow").state());
    StatusReport status = server.confirmedEvents.statuses("slow").get(0);
    assertEquals(Result.FAILED, status.result());
    assertEquals("stageTimeout", status.reason());
    assertEquals(Result.OK, server.confirmedEvents.results("slow").get(1));
  }

  @Test
  void aTestThatIgnoresTermIsKilled() {
    server.run(
        task("stubborn")
            .test(
                "t",
                limited(
                    "trap '' TERM; echo trapped; while :; do sleep 0.1; done",
                    null,
                    Duration.ofMillis(500),
                    Duration.ofMillis(300))));
    server.confirmedEvents.ended("stubborn");
    assertEquals("stageTimeout", server.confirmedEvents.only("stubborn").reason());
    TaskProcesses.assertNone("stubborn");
  }

  @Test
  void theStopScriptRunsWithItsOwnTimeoutBeforeTerm() {
    server.run(
        task("stop")
            .test(
                "t",
                limited(
                    "while [ ! -f bye ]; do sleep 0.05; done; echo ended by itself",
                    "echo stopping; touch bye; sleep 0.5",
                    Duration.ofMillis(300),
                    Duration.ofSeconds(5))));
    server.confirmedEvents.ended("stop");
    assertEquals("stageTimeout", server.confirmedEvents.only("stop").reason());
    String output = server.confirmedEvents.text("stop");
    assertTrue(output.contains("stopping"), output);
    assertTrue(output.contains("ended by itself"), output);
  }

  @Test
  void aStopScriptThatHangsIsKilled() {
    server.run(
        task("stop-hangs")
            .test(
                "t",
                limited("sleep 60", "sleep 61", Duration.ofMillis(100), Duration.ofMillis(300))));
    server.confirmedEvents.ended("stop-hangs");
    TaskProcesses.assertNone("stop-hangs");
  }

  @Test
  void aTestThatForksAndExitsLeavesNothingBehind() {
    server.run(
        script("forks", "sleep 300 & (setsid sleep 301 > /dev/null 2>&1 &) ; echo parent done"));
    server.confirmedEvents.ended("forks");
    assertEquals(Result.OK, server.confirmedEvents.only("forks").result());
    assertEquals("parent done\n", server.confirmedEvents.text("forks"));
    TaskProcesses.assertNone("forks");
  }
}
