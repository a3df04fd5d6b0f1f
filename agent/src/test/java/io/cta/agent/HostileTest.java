package io.cta.agent;

import static io.cta.agent.TaskBuilder.in;
import static io.cta.agent.TaskBuilder.limited;
import static io.cta.agent.TaskBuilder.script;
import static io.cta.agent.TaskBuilder.stage;
import static io.cta.agent.TaskBuilder.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Repository;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.message.StatusReport;
import io.cta.message.TaskEnded;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests and definitions that could hurt the agent, or make the machine look faulty: only they fail.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
@DisabledOnOs(OS.WINDOWS)
class HostileTest {
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
  void aTestThatRemovesTheWorkspaceIsToldSo() {
    server.run(
        task("gone")
            .test("t", stage("cd / && rm -rf \"$CTA_WORKSPACE\""), stage("pwd"))
            .test("next", stage("pwd")));
    assertFalse(server.confirmedEvents.ended("gone").infra());
    for (StatusReport status : server.confirmedEvents.statuses("gone")) {
      assertEquals("badCwd", status.reason());
      assertTrue(status.message().contains("the workspace is gone"), status.message());
    }
    assertRuns("after-gone");
  }

  @Test
  void aFileIsNoDirectoryToRunIn() {
    server.run(task("file-cwd").test("t", stage("touch plain"), in("plain", "pwd")));
    server.confirmedEvents.ended("file-cwd");
    StatusReport status = server.confirmedEvents.only("file-cwd");
    assertEquals("badCwd", status.reason());
    assertTrue(status.message().contains("plain in the workspace is not a directory"));
  }

  @Test
  void aNulInAVariableFailsTheTestAlone() {
    server.run(script("nul", "true").parameters(Map.of("POISON", "a\0b")));
    assertNotStarted("nul", "POISON");
  }

  @Test
  void aVariableLargerThanTheSystemTakesFailsTheTestAlone() {
    server.run(script("huge", "true").parameters(Map.of("BIG", "x".repeat(300_000))));
    assertNotStarted("huge", "Argument list too long");
  }

  @Test
  void aScriptWithTheLineEndsOfAnotherSystemRuns() {
    server.run(script("crlf", "x=1\r\nif true; then\r\n  echo \"[$x]\"\r\nfi\r\n"));
    server.confirmedEvents.ended("crlf");
    assertEquals(Result.OK, server.confirmedEvents.only("crlf").result());
    assertEquals("[1]\n", server.confirmedEvents.text("crlf"));
  }

  @Test
  void aTimeoutThatMeansNeverDoesNotOverflow() {
    Duration never = Duration.ofDays(999_999);
    server.run(
        task("never")
            .test("t", limited("true", null, never, never))
            .running(Duration.ofDays(9_999_999)));
    assertEquals(State.FINISHED, server.confirmedEvents.ended("never").state());
    assertEquals(Result.OK, server.confirmedEvents.only("never").result());
  }

  @Test
  void manyTestsWhoseDaemonsKeepTheirOutputOpenLeaveNoThreadBehind() {
    int before = threads();
    for (int i = 0; i < 12; i++) {
      server.run(script("daemon-" + i, "env -i \"$(command -v setsid)\" sleep 66 & echo started"));
      assertEquals(Result.OK, results("daemon-" + i));
      assertEquals("started\n", server.confirmedEvents.text("daemon-" + i));
    }
    assertTrue(threads() <= before + 8, before + " threads before, now " + threads());
  }

  @Test
  void anInputThatNoMachineCanFetchIsNobodysFaultAndSaysWhy() {
    server.run(script("bad-input", "true").input(input("git", null)));
    TaskEnded end = server.confirmedEvents.ended("bad-input");
    assertFalse(end.infra());
    assertEquals("fetchFailed", end.reason());
    assertTrue(end.message().contains("needs \"url\""), end.message());
    assertTrue(server.confirmedEvents.text("bad-input").contains("needs \"url\""));
    assertRuns("after-bad-input");
  }

  @Test
  void secretsInAnAddressAreNotShown() {
    server.run(script("secret", "true").input(input("http", "http://me:hunter2@127.0.0.1:1/")));
    TaskEnded end = server.confirmedEvents.ended("secret");
    assertFalse((end.message() + server.confirmedEvents.text("secret")).contains("hunter2"));
  }

  private static void assertNotStarted(String task, String why) {
    TaskEnded end = server.confirmedEvents.ended(task);
    assertFalse(end.infra());
    StatusReport status = server.confirmedEvents.only(task);
    assertEquals("notStarted", status.reason());
    assertTrue(status.message().contains(why), status.message());
  }

  private static void assertRuns(String task) {
    server.run(script(task, "true"));
    assertEquals(Result.OK, results(task));
  }

  private static Result results(String task) {
    server.confirmedEvents.ended(task);
    return server.confirmedEvents.only(task).result();
  }

  private static int threads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("cta-task-"))
            .count();
  }

  private static Repository input(String type, String url) {
    return new Repository(null, type, null, url, null, null, null, null);
  }
}
