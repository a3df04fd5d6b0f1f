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
import io.cta.message.StatusReport;
import io.cta.message.TaskEnded;
import io.cta.message.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What stages do and how tests are judged by them, with real processes. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StagesTest {
  @TempDir static Path dir;
  private static TestServer server;
  private static InProcess agent;

  @BeforeAll
  static void start() {
    server = new TestServer();
    agent = new InProcess(server, dir, 4);
  }

  @AfterAll
  static void stop() {
    agent.close();
    server.close();
  }

  @Test
  void aTaskIsAckedStartedJudgedAndEndedInThatOrder() {
    server.run(script("order", "echo hello"));
    TaskEnded end = server.events.ended("order");
    assertEquals(State.FINISHED, end.state());
    assertEquals(1, end.statusCount());
    assertFalse(end.infra());
    assertEquals(TestServer.MACHINE, end.machineId());
    assertTrue(end.durationMs() >= 0);
    assertEquals(
        List.of(Types.TASK_ACKED, Types.TASK_STARTED, Types.STATUSES_REPORTED, Types.TASK_ENDED),
        server.events.typesOf("order"));
    assertEquals("hello\n", server.events.text("order"));
    StatusReport status = server.events.only("order");
    assertEquals(Result.OK, status.result());
    assertEquals(StatusSource.EXIT, status.source());
    assertEquals("suite/t", status.testId());
    assertEquals(1, status.index());
  }

  @Test
  void aCommandThatFailsFailsItsTest() {
    server.run(task("codes").test("bad", stage("exit 3")).test("good", stage("true")));
    server.events.ended("codes");
    assertEquals(List.of(Result.FAILED, Result.OK), server.events.results("codes"));
    assertEquals("exit code 3", server.events.statuses("codes").get(0).message());
  }

  @Test
  void aScriptStopsAtItsFirstFailingCommand() {
    server.run(script("sh-e", "false\necho never"));
    server.events.ended("sh-e");
    assertEquals(Result.FAILED, server.events.only("sh-e").result());
    assertEquals("", server.events.text("sh-e"));
  }

  @Test
  void aMissingCommandSaysSo() {
    server.run(script("missing", "no-such-command-at-all"));
    server.events.ended("missing");
    StatusReport status = server.events.only("missing");
    assertEquals(Result.FAILED, status.result());
    assertEquals("exit code 127 (command not found)", status.message());
    assertTrue(server.events.text("missing").contains("no-such-command-at-all"));
  }

  @Test
  void aKilledCommandNamesItsSignal() {
    server.run(script("signal", "kill -KILL $$"));
    server.events.ended("signal");
    assertEquals("exit code 137 (SIGKILL)", server.events.only("signal").message());
  }

  @Test
  void aBadDirectoryFailsItsTestAndTheNextTestRuns() {
    server.run(task("cwd").test("bad", in("no/such", "true")).test("good", stage("true")));
    server.events.ended("cwd");
    StatusReport bad = server.events.statuses("cwd").get(0);
    assertEquals(Result.FAILED, bad.result());
    assertEquals("badCwd", bad.reason());
    assertTrue(bad.message().contains("no/such"));
    assertEquals(Result.OK, server.events.results("cwd").get(1));
  }

  @Test
  void stagesShareTheWorkspaceAndRunInTheirDirectory() {
    server.run(task("dirs").test("t", stage("mkdir sub"), in("sub", "pwd")));
    server.events.ended("dirs");
    assertEquals(Result.OK, server.events.only("dirs").result());
    assertTrue(server.events.text("dirs").strip().endsWith("dirs.1/sub"));
  }

  @Test
  void aFailingMandatoryStageEndsItsTest() {
    server.run(task("mandatory").test("t", stage("exit 1"), stage("echo never")));
    server.events.ended("mandatory");
    assertEquals("stage run: exit code 1", server.events.only("mandatory").message());
    assertEquals("", server.events.text("mandatory"));
  }

  @Test
  void aFailingOptionalStageMakesItsTestPartial() {
    server.run(task("partial").test("t", optional("lint", "exit 1"), stage("echo on")));
    server.events.ended("partial");
    assertEquals(Result.PARTIAL, server.events.only("partial").result());
    assertEquals("on\n", server.events.text("partial"));
  }

  @Test
  void aStagePastItsTimeoutFailsAndTheNextTestRuns() {
    server.run(
        task("slow")
            .test("t", limited("sleep 60", null, Duration.ofMillis(200), null))
            .test("next", stage("true")));
    assertEquals(State.FINISHED, server.events.ended("slow").state());
    StatusReport status = server.events.statuses("slow").get(0);
    assertEquals(Result.FAILED, status.result());
    assertEquals("stageTimeout", status.reason());
    assertEquals(Result.OK, server.events.results("slow").get(1));
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
    server.events.ended("stubborn");
    assertEquals("stageTimeout", server.events.only("stubborn").reason());
    Processes.assertNone("stubborn");
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
    server.events.ended("stop");
    assertEquals("stageTimeout", server.events.only("stop").reason());
    String output = server.events.text("stop");
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
    server.events.ended("stop-hangs");
    Processes.assertNone("stop-hangs");
  }

  @Test
  void aTestThatForksAndExitsLeavesNothingBehind() {
    server.run(
        script("forks", "sleep 300 & (setsid sleep 301 > /dev/null 2>&1 &) ; echo parent done"));
    server.events.ended("forks");
    assertEquals(Result.OK, server.events.only("forks").result());
    assertEquals("parent done\n", server.events.text("forks"));
    Processes.assertNone("forks");
  }
}
