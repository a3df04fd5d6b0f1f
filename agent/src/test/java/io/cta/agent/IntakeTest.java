package io.cta.agent;

import static io.cta.agent.HeldStage.held;
import static io.cta.agent.TaskBuilder.script;
import static io.cta.agent.TaskBuilder.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.websocket.Outcome;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.message.Envelope;
import io.cta.message.GroupInvite;
import io.cta.message.Heartbeat;
import io.cta.message.LogWritten;
import io.cta.message.MachineHello;
import io.cta.message.Queues;
import io.cta.message.Types;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which commands an agent takes, and how it says who it is. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class IntakeTest {
  private static final String GROUP = Queues.group("execution");

  @TempDir Path dir;
  private TestServer server;
  private InProcess agent;

  @BeforeEach
  void start() {
    server = new TestServer();
    agent = new InProcess(server, dir, 1);
  }

  @AfterEach
  void stop() {
    agent.close();
    server.close();
  }

  @Test
  void itSaysWhatItIsWhenItEnrolsAndWhenItConnects() {
    Until.holds("a registration", () -> !server.events.of(Types.MACHINE_REGISTERED).isEmpty());
    assertEquals("box", server.enrolments.get(0).getString("name"));
    assertEquals(1, server.enrolments.get(0).getInteger("slots"));
    MachineHello hello =
        server.events.of(Types.MACHINE_REGISTERED).get(0).payloadAs(MachineHello.class);
    assertEquals(TestServer.MACHINE, hello.machineId());
    assertEquals(List.of("fast"), hello.labels());
    assertEquals(List.of("7"), hello.facts().get("rack"));
    assertTrue(hello.facts().get("jdk").contains(String.valueOf(Runtime.version().feature())));
    assertEquals(hello.hostname().toLowerCase(java.util.Locale.ROOT), hello.hostname());
    assertFalse(hello.facts().get("platform").isEmpty());
  }

  @Test
  void heartbeatsTellWhatRuns() {
    HeldStage running = hold("beating");
    Until.holds("a heartbeat with the task", () -> tasksOfLastBeat().equals(List.of("beating")));
    end(running, "beating");
    Until.holds("a heartbeat without it", () -> tasksOfLastBeat().isEmpty());
  }

  @Test
  void itComesBackWhenTheServerDoes() {
    Until.holds("a registration", () -> !server.events.of(Types.MACHINE_REGISTERED).isEmpty());
    server.shut();
    server.open();
    Until.holds("another", () -> server.events.of(Types.MACHINE_REGISTERED).size() >= 2);
    server.run(script("after", "true"));
    assertEquals(State.FINISHED, server.events.ended("after").state());
  }

  @Test
  void whoIsToldOfAnEndMaySendTheNextTask() {
    server.events.onEnd(n -> server.run(script("task" + (n + 1), "mkdir d; touch d/f")));
    server.run(script("task0", "true"));
    for (int i = 0; i < 20; i++) {
      assertEquals(State.FINISHED, server.events.ended("task" + i).state());
    }
    assertEquals(List.of(), server.events.of(Types.TASK_DECLINED));
  }

  @Test
  void anotherReleaseOfAnAttemptThatRunsWaitsForTheServersWord() {
    HeldStage running = hold("twice");
    server.run(script("twice", "true").token("another"));
    end(running, "twice");
    assertEquals(1, server.events.of(Types.TASK_ACKED).size());
  }

  @Test
  void aTaskWithoutAFreeSlotIsDeclined() {
    HeldStage running = hold("first");
    server.run(script("second", "true"));
    server.events.await(Types.TASK_DECLINED, "second");
    assertFalse(server.events.has(Types.TASK_ACKED, "second"));
    end(running, "first");
  }

  @Test
  void theSameCommandAgainIsNotRunAgain() {
    HeldStage running = hold("same");
    server.run(task("same").test("t", held("t", "")));
    end(running, "same");
    server.run(task("same").test("t", held("t", "")));
    server.run(script("marker", "true"));
    server.events.ended("marker");
    assertEquals(1, count(Types.TASK_ACKED, "same"));
    assertEquals(1, count(Types.TASK_STARTED, "same"));
  }

  @Test
  void whatIsNoCommandIsRejectedAndTheAgentGoesOn() {
    server.send(Queues.machine(TestServer.MACHINE), Buffer.buffer("no json"));
    server.toMachine("task.dance", task("x").build());
    server.toMachine(Types.TASK_RUN, new GroupInvite("x", "y"));
    server.run(script("bad/../id", "true"));
    Until.holds("four rejections", () -> server.queues.refusals.size() == 4);
    assertTrue(server.queues.refusals.stream().allMatch(Outcome.REJECT::equals));
    server.run(script("next", "true"));
    assertEquals(Result.OK, resultOf("next"));
  }

  @Test
  void ofAGroupItTakesOneTaskAtATimeAndOnlyWithAFreeSlot() {
    server.toMachine(Types.GROUP_JOIN, new GroupInvite("execution", GROUP));
    toGroup(task("g1").test("t", held("t", "")));
    toGroup(script("g2", "true"));
    HeldStage first = new HeldStage(dir, "g1", "t");
    assertFalse(server.events.has(Types.TASK_ACKED, "g2"));
    end(first, "g1");
    server.events.ended("g2");
    assertEquals(0, count(Types.TASK_DECLINED, "g2"));
    server.toMachine(Types.GROUP_LEAVE, new GroupInvite("execution", GROUP));
  }

  @Test
  void aHundredTasksBackToBackGiveTheirOwnResults() {
    server.toMachine(Types.GROUP_JOIN, new GroupInvite("execution", GROUP));
    for (int i = 0; i < 100; i++) {
      toGroup(script("n" + i, "echo I am " + i + "; exit " + i % 2));
    }
    for (int i = 0; i < 100; i++) {
      assertEquals(1, server.events.ended("n" + i).statusCount());
      assertEquals(i % 2 == 0 ? Result.OK : Result.FAILED, server.events.only("n" + i).result());
      assertEquals("I am " + i + "\n", server.events.text("n" + i));
      for (LogWritten chunk : server.events.chunks("n" + i)) {
        assertEquals("token-n" + i + "-1", chunk.token());
      }
    }
  }

  private void toGroup(TaskBuilder task) {
    server.send(GROUP, Envelope.of(Types.TASK_RUN, "server", task.build()).encode());
  }

  private HeldStage hold(String taskId) {
    server.run(task(taskId).test("t", held("t", "")));
    return new HeldStage(dir, taskId, "t");
  }

  private void end(HeldStage test, String taskId) {
    test.letGo();
    server.events.ended(taskId);
  }

  private Result resultOf(String taskId) {
    server.events.ended(taskId);
    return server.events.only(taskId).result();
  }

  private long count(String type, String taskId) {
    return server.events.typesOf(taskId).stream().filter(type::equals).count();
  }

  private List<String> tasksOfLastBeat() {
    List<Envelope> beats = server.events.of(Types.MACHINE_HEARTBEAT);
    return beats.isEmpty()
        ? List.of("none yet")
        : beats.get(beats.size() - 1).payloadAs(Heartbeat.class).tasks().stream()
            .map(t -> t.taskId())
            .toList();
  }
}
