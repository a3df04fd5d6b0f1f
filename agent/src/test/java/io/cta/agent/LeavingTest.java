package io.cta.agent;

import static io.cta.agent.HeldStage.held;
import static io.cta.agent.TaskBuilder.script;
import static io.cta.agent.TaskBuilder.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.ConditionPoller;
import io.cta.domain.Result;
import io.cta.message.MachineHeartbeat;
import io.cta.message.MessageTypes;
import io.cta.message.TaskEnded;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How an agent, as a process of its own, leaves when it is told to. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LeavingTest {
  @TempDir Path dir;
  private TestServer server;
  private AgentProcess agent;

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
    agent = AgentProcess.of(server, dir);
    server.run(task("running").test("t", held("t", "echo done")));
    HeldStage test = new HeldStage(dir.resolve("d"), "running", "t");
    agent.signal("TERM");
    ConditionPoller.holds("a heartbeat that says so", this::reportsThatItLeaves);
    server.run(script("late", "true"));
    server.confirmedEvents.await(MessageTypes.TASK_DECLINED, "late");
    test.release();
    assertEquals(0, agent.exitCode(), agent.output());
    assertEquals("done\n", server.confirmedEvents.text("running"));
    assertEquals(1, server.confirmedEvents.ended("running").statusCount());
  }

  @Test
  void aSecondTermEndsWhatRunsAndLeaves() {
    agent = AgentProcess.of(server, dir);
    server.run(script("endless", "sleep 600"));
    server.confirmedEvents.await(MessageTypes.TASK_STARTED, "endless");
    agent.signal("TERM");
    ConditionPoller.holds("a heartbeat that says so", this::reportsThatItLeaves);
    agent.signal("TERM");
    assertEquals(0, agent.exitCode(), agent.output());
    TaskEnded end = server.confirmedEvents.ended("endless");
    assertTrue(end.infra());
    assertEquals("agentLeft", end.reason());
    TaskProcesses.assertNone("endless");
  }

  @Test
  void termBetweenAnEndAndItsConfirmationWaitsUntilTheServerHasIt() {
    server.queues.confirmOnly(e -> !e.type().equals(MessageTypes.TASK_ENDED));
    agent = AgentProcess.of(server, dir);
    server.run(script("short", "echo ran"));
    ConditionPoller.holds(
        "its end", () -> server.queues.unconfirmed.contains(MessageTypes.TASK_ENDED));
    agent.signal("TERM");
    ConditionPoller.holds("a heartbeat that says so", this::reportsThatItLeaves);
    server.queues.confirmOnly(any -> true);
    // what was not confirmed is sent again over the next connection
    server.shut();
    server.open();
    assertEquals(0, agent.exitCode(), agent.output());
    TaskEnded end = server.confirmedEvents.ended("short");
    assertFalse(end.infra(), end.toString());
    assertEquals(List.of(Result.OK), server.confirmedEvents.results("short"));
    assertEquals("ran\n", server.confirmedEvents.text("short"));
  }

  @Test
  void termAboutTheEndOfATestKeepsItsResult() {
    for (int i = 0; i < 5; i++) {
      String id = "about-" + i;
      agent = AgentProcess.of(server, dir);
      server.run(task(id).test("t", held("t", "echo done")));
      HeldStage test = new HeldStage(dir.resolve("d"), id, "t");
      test.release();
      agent.signal("TERM");
      assertEquals(0, agent.exitCode(), agent.output());
      TaskEnded end = server.confirmedEvents.ended(id);
      assertFalse(end.infra(), end.toString());
      assertEquals(List.of(Result.OK), server.confirmedEvents.results(id));
      assertEquals("done\n", server.confirmedEvents.text(id));
    }
  }

  @Test
  void anAgentWithoutWorkLeavesAtOnce() {
    agent = AgentProcess.of(server, dir);
    ConditionPoller.holds(
        "it to be here",
        () -> !server.confirmedEvents.of(MessageTypes.MACHINE_REGISTERED).isEmpty());
    agent.signal("TERM");
    assertEquals(0, agent.exitCode(), agent.output());
  }

  @Test
  void anAgentThatWaitsForItsServerLeavesToo() {
    server.shut();
    agent = AgentProcess.of(server, dir);
    ConditionPoller.holds("it to wait", () -> agent.output().contains("not enrolled yet"));
    agent.signal("TERM");
    assertEquals(0, agent.exitCode(), agent.output());
  }

  private boolean reportsThatItLeaves() {
    return server.confirmedEvents.of(MessageTypes.MACHINE_HEARTBEAT).stream()
        .anyMatch(e -> e.payloadAs(MachineHeartbeat.class).leaving());
  }
}
