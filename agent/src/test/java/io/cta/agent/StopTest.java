package io.cta.agent;

import static io.cta.agent.TaskBuilder.limited;
import static io.cta.agent.TaskBuilder.script;
import static io.cta.agent.TaskBuilder.stage;
import static io.cta.agent.TaskBuilder.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.ConditionPoller;
import io.cta.domain.Repository;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.message.MessageTypes;
import io.cta.message.TaskCancel;
import io.cta.message.TaskEnded;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Attempts that are stopped early. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StopTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path dir;
  private TestServer server;
  private InProcessAgent agent;

  @BeforeEach
  void start() {
    server = new TestServer();
    agent = new InProcessAgent(server, dir, 2);
  }

  @AfterEach
  void stop() {
    agent.close();
    server.close();
  }

  @Test
  void aCancelEndsTheWholeTreeAndTheTestsThatFollowDoNotRun() {
    TaskBuilder task =
        task("tree")
            .test("first", stage("true"))
            .test("t", stage("(sleep 400; true) & sleep 401 & echo up; wait"))
            .test("next", stage("echo never"));
    server.run(task);
    ConditionPoller.holds("it to run", () -> server.confirmedEvents.text("tree").contains("up"));
    cancel(task, false);
    TaskEnded end = server.confirmedEvents.ended("tree");
    assertEquals(State.CANCELLED, end.state());
    assertEquals("people", end.reason());
    assertEquals(1, end.statusCount());
    assertEquals(List.of(Result.OK), server.confirmedEvents.results("tree"));
    assertFalse(server.confirmedEvents.text("tree").contains("never"));
    TaskProcesses.assertNone("tree");
  }

  @Test
  void aCancelRunsTheStopScript() {
    TaskBuilder task =
        task("script").test("t", limited("echo up; sleep 400", "echo stopped", LONG, LONG));
    server.run(task);
    ConditionPoller.holds("it to run", () -> server.confirmedEvents.text("script").contains("up"));
    cancel(task, false);
    assertEquals(State.CANCELLED, server.confirmedEvents.ended("script").state());
    assertTrue(server.confirmedEvents.text("script").contains("stopped"));
  }

  @Test
  void aCancelThatOvertakesItsTaskIsNotForgotten() {
    TaskBuilder task = script("overtaken", "echo never");
    cancel(task, false);
    server.run(task);
    assertEquals(State.CANCELLED, server.confirmedEvents.ended("overtaken").state());
    assertEquals("", server.confirmedEvents.text("overtaken"));
    assertFalse(server.confirmedEvents.has(MessageTypes.TASK_STARTED, "overtaken"));
  }

  @Test
  void aCancelEndsFetching() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/a.zip";
      TaskBuilder task =
          script("fetching", "true")
              .input(new Repository(null, "http", null, url, null, null, null, null));
      server.run(task);
      server.confirmedEvents.await(MessageTypes.TASK_ACKED, "fetching");
      silent.accept();
      cancel(task, false);
      assertEquals(State.CANCELLED, server.confirmedEvents.ended("fetching").state());
    }
  }

  @Test
  void aCancelEndsPushingAndLeavesAWarning() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/results";
      TaskBuilder task =
          script("pushing", "true")
              .output(new Repository(null, "http", null, url, null, null, null, null));
      server.run(task);
      silent.accept();
      cancel(task, false);
      TaskEnded end = server.confirmedEvents.ended("pushing");
      assertEquals(State.FINISHED, end.state());
      assertEquals(1, end.warnings().size(), end.warnings().toString());
      assertTrue(end.warnings().get(0).contains("not pushed: 0 of 1"), end.warnings().get(0));
    }
  }

  @Test
  void aCancelEndsGitAndWhatGitHasStarted() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/app";
      TaskBuilder task =
          script("cloning", "true")
              .input(new Repository(null, "git", null, url, null, null, null, null));
      server.run(task);
      silent.accept();
      cancel(task, false);
      assertEquals(State.CANCELLED, server.confirmedEvents.ended("cloning").state());
      TaskProcesses.assertNone("cloning");
    }
  }

  @Test
  void theCancelOfAnotherAttemptIsIgnored() {
    TaskBuilder task = script("other", "echo up; while [ ! -f go ]; do sleep 0.05; done");
    server.run(task);
    ConditionPoller.holds("it to run", () -> server.confirmedEvents.text("other").contains("up"));
    server.toMachine(
        MessageTypes.TASK_CANCEL, new TaskCancel("other", 7, "another", false, false, null));
    server.run(script("go", "touch \"$CTA_WORKSPACE/../other.1/go\""));
    assertEquals(State.FINISHED, server.confirmedEvents.ended("other").state());
  }

  @Test
  void aTaskPastItsRunningTimeEndsAsTimeoutAndSaysNothingOfWhatDidNotRun() {
    server.run(
        task("limit")
            .running(Duration.ofMillis(700))
            .test("done", stage("true"))
            .test("t", stage("sleep 400"))
            .test("next", stage("true")));
    TaskEnded end = server.confirmedEvents.ended("limit");
    assertEquals(State.TIMEOUT, end.state());
    assertEquals(List.of(Result.OK), server.confirmedEvents.results("limit"));
    TaskProcesses.assertNone("limit");
  }

  @Test
  void aNewAttemptOfATaskEndsTheOldOne() {
    server.run(script("twice", "sleep 400"));
    server.confirmedEvents.await(MessageTypes.TASK_STARTED, "twice");
    server.run(script("twice", "echo second").attempt(2));
    assertEquals(State.FINISHED, server.confirmedEvents.ended("twice", 2).state());
    assertEquals(State.CANCELLED, server.confirmedEvents.ended("twice", 1).state());
  }

  private void cancel(TaskBuilder task, boolean stale) {
    server.toMachine(
        MessageTypes.TASK_CANCEL,
        new TaskCancel(
            task.build().taskId(), task.build().attempt(), task.token(), stale, false, "people"));
  }
}
