package io.cta.agent;

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
import io.cta.message.TaskCancel;
import io.cta.message.TaskEnded;
import io.cta.message.Types;
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

/** Attempts that end before their time. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StopTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path dir;
  private TestServer server;
  private InProcess agent;

  @BeforeEach
  void start() {
    server = new TestServer();
    agent = new InProcess(server, dir, 2);
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
    Until.holds("it to run", () -> server.events.text("tree").contains("up"));
    cancel(task, false);
    TaskEnded end = server.events.ended("tree");
    assertEquals(State.CANCELLED, end.state());
    assertEquals("people", end.reason());
    assertEquals(1, end.statusCount());
    assertEquals(List.of(Result.OK), server.events.results("tree"));
    assertFalse(server.events.text("tree").contains("never"));
    Processes.assertNone("tree");
  }

  @Test
  void aCancelRunsTheStopScript() {
    TaskBuilder task =
        task("script").test("t", limited("echo up; sleep 400", "echo stopped", LONG, LONG));
    server.run(task);
    Until.holds("it to run", () -> server.events.text("script").contains("up"));
    cancel(task, false);
    assertEquals(State.CANCELLED, server.events.ended("script").state());
    assertTrue(server.events.text("script").contains("stopped"));
  }

  @Test
  void aCancelThatOvertakesItsTaskIsNotForgotten() {
    TaskBuilder task = script("overtaken", "echo never");
    cancel(task, false);
    server.run(task);
    assertEquals(State.CANCELLED, server.events.ended("overtaken").state());
    assertEquals("", server.events.text("overtaken"));
    assertFalse(server.events.has(Types.TASK_STARTED, "overtaken"));
  }

  @Test
  void aCancelEndsFetching() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + silent.getLocalPort() + "/a.zip";
      TaskBuilder task =
          script("fetching", "true")
              .input(new Repository("http", null, url, null, null, null, null));
      server.run(task);
      server.events.await(Types.TASK_ACKED, "fetching");
      silent.accept();
      cancel(task, false);
      assertEquals(State.CANCELLED, server.events.ended("fetching").state());
    }
  }

  @Test
  void theCancelOfAnotherAttemptIsIgnored() {
    TaskBuilder task = script("other", "echo up; while [ ! -f go ]; do sleep 0.05; done");
    server.run(task);
    Until.holds("it to run", () -> server.events.text("other").contains("up"));
    server.toMachine(Types.TASK_CANCEL, new TaskCancel("other", 7, "another", false, false, null));
    server.run(script("go", "touch \"$CTA_WORKSPACE/../other.1/go\""));
    assertEquals(State.FINISHED, server.events.ended("other").state());
  }

  @Test
  void aTaskPastItsRunningTimeEndsAsTimeoutAndSaysNothingOfWhatDidNotRun() {
    server.run(
        task("limit")
            .running(Duration.ofMillis(700))
            .test("done", stage("true"))
            .test("t", stage("sleep 400"))
            .test("next", stage("true")));
    TaskEnded end = server.events.ended("limit");
    assertEquals(State.TIMEOUT, end.state());
    assertEquals(List.of(Result.OK), server.events.results("limit"));
    Processes.assertNone("limit");
  }

  @Test
  void aNewAttemptOfATaskEndsTheOldOne() {
    server.run(script("twice", "sleep 400"));
    server.events.await(Types.TASK_STARTED, "twice");
    server.run(script("twice", "echo second").attempt(2));
    assertEquals(State.FINISHED, server.events.ended("twice", 2).state());
    assertEquals(State.CANCELLED, server.events.ended("twice", 1).state());
  }

  private void cancel(TaskBuilder task, boolean stale) {
    server.toMachine(
        Types.TASK_CANCEL,
        new TaskCancel(
            task.build().taskId(), task.build().attempt(), task.token(), stale, false, "people"));
  }
}
