package io.cta.agent;

import static io.cta.agent.HeldStage.held;
import static io.cta.agent.TaskBuilder.script;
import static io.cta.agent.TaskBuilder.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Result;
import io.cta.message.Heartbeat;
import io.cta.message.TaskEnded;
import io.cta.message.Types;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How an agent goes when it is told to, as a process of its own. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LeavingTest {
  @TempDir Path dir;
  private TestServer server;
  private OwnProcess agent;

  @BeforeEach
  void start() {
    server = new TestServer();
  }

  @AfterEach
  void stop() {
    agent.close();
    server.close();
  }

  @Test
  void termFinishesWhatRunsTakesNothingMoreAndLeaves() {
    agent = OwnProcess.of(server, dir);
    server.run(task("running").test("t", held("t", "echo done")));
    HeldStage test = new HeldStage(dir.resolve("d"), "running", "t");
    agent.signal("TERM");
    Until.holds("a heartbeat that says so", this::saysThatItLeaves);
    server.run(script("late", "true"));
    server.events.await(Types.TASK_DECLINED, "late");
    test.letGo();
    assertEquals(0, agent.exitCode(), agent.output());
    assertEquals("done\n", server.events.text("running"));
    assertEquals(1, server.events.ended("running").statusCount());
  }

  @Test
  void aSecondTermEndsWhatRunsAndLeaves() {
    agent = OwnProcess.of(server, dir);
    server.run(script("endless", "sleep 600"));
    server.events.await(Types.TASK_STARTED, "endless");
    agent.signal("TERM");
    Until.holds("a heartbeat that says so", this::saysThatItLeaves);
    agent.signal("TERM");
    assertEquals(0, agent.exitCode(), agent.output());
    TaskEnded end = server.events.ended("endless");
    assertTrue(end.infra());
    assertEquals("agentLeft", end.reason());
    Processes.assertNone("endless");
  }

  @Test
  void termBetweenAnEndAndItsConfirmationWaitsUntilTheServerHasIt() {
    server.queues.confirmOnly(e -> !e.type().equals(Types.TASK_ENDED));
    agent = OwnProcess.of(server, dir);
    server.run(script("short", "echo ran"));
    Until.holds("its end", () -> server.queues.unconfirmed.contains(Types.TASK_ENDED));
    agent.signal("TERM");
    Until.holds("a heartbeat that says so", this::saysThatItLeaves);
    server.queues.confirmOnly(any -> true);
    // what was not confirmed is sent again over the next connection
    server.shut();
    server.open();
    assertEquals(0, agent.exitCode(), agent.output());
    TaskEnded end = server.events.ended("short");
    assertFalse(end.infra(), end.toString());
    assertEquals(List.of(Result.OK), server.events.results("short"));
    assertEquals("ran\n", server.events.text("short"));
  }

  @Test
  void termAboutTheEndOfATestKeepsItsResult() {
    for (int i = 0; i < 5; i++) {
      String id = "about-" + i;
      agent = OwnProcess.of(server, dir);
      server.run(task(id).test("t", held("t", "echo done")));
      HeldStage test = new HeldStage(dir.resolve("d"), id, "t");
      test.letGo();
      agent.signal("TERM");
      assertEquals(0, agent.exitCode(), agent.output());
      TaskEnded end = server.events.ended(id);
      assertFalse(end.infra(), end.toString());
      assertEquals(List.of(Result.OK), server.events.results(id));
      assertEquals("done\n", server.events.text(id));
    }
  }

  @Test
  void anAgentWithoutWorkLeavesAtOnce() {
    agent = OwnProcess.of(server, dir);
    Until.holds("it to be here", () -> !server.events.of(Types.MACHINE_REGISTERED).isEmpty());
    agent.signal("TERM");
    assertEquals(0, agent.exitCode(), agent.output());
  }

  @Test
  void anAgentThatWaitsForItsServerLeavesToo() {
    server.shut();
    agent = OwnProcess.of(server, dir);
    Until.holds("it to wait", () -> agent.output().contains("not enrolled yet"));
    agent.signal("TERM");
    assertEquals(0, agent.exitCode(), agent.output());
  }

  private boolean saysThatItLeaves() {
    return server.events.of(Types.MACHINE_HEARTBEAT).stream()
        .anyMatch(e -> e.payloadAs(Heartbeat.class).leaving());
  }
}
