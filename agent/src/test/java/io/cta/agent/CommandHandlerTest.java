package io.cta.agent;

import static io.cta.agent.HeldStage.held;
import static io.cta.agent.TaskBuilder.script;
import static io.cta.agent.TaskBuilder.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.ConditionPoller;
import io.cta.broker.websocket.DeliveryOutcome;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.message.GroupQueueCommand;
import io.cta.message.LogWritten;
import io.cta.message.MachineHeartbeat;
import io.cta.message.MachineHello;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which commands an agent takes, and how it registers. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CommandHandlerTest {
  private static final String GROUP = QueueNames.group("execution");

  @TempDir Path dir;
  private TestServer server;
  private InProcessAgent agent;

  @BeforeEach
  void start() {
    server = new TestServer();
    agent = new InProcessAgent(server, dir, 1);
  }

  @AfterEach
  void stop() {
    agent.close();
    server.close();
  }

  @Test
  void itReportsWhatItIsWhenItEnrolsAndWhenItConnects() {
    ConditionPoller.holds(
        "a registration",
        () -> !server.confirmedEvents.of(MessageTypes.MACHINE_REGISTERED).isEmpty());
    assertEquals("box", server.enrolments.get(0).getString("name"));
    assertEquals(1, server.enrolments.get(0).getInteger("slots"));
    MachineHello hello =
        server
            .confirmedEvents
            .of(MessageTypes.MACHINE_REGISTERED)
            .get(0)
            .payloadAs(MachineHello.class);
    assertEquals(TestServer.MACHINE, hello.machineId());
    assertEquals(List.of("fast"), hello.labels());
    assertEquals(List.of("7"), hello.facts().get("rack"));
    assertTrue(hello.facts().get("jdk").contains(String.valueOf(Runtime.version().feature())));
    assertEquals(hello.hostname().toLowerCase(java.util.Locale.ROOT), hello.hostname());
    assertFalse(hello.facts().get("platform").isEmpty());
  }

  @Test
  void heartbeatsReportWhatRuns() {
    HeldStage running = hold("beating");
    ConditionPoller.holds(
        "a heartbeat with the task", () -> tasksOfLastHeartbeat().equals(List.of("beating")));
    end(running, "beating");
    ConditionPoller.holds("a heartbeat without it", () -> tasksOfLastHeartbeat().isEmpty());
  }

  @Test
  void itComesBackWhenTheServerDoes() {
    ConditionPoller.holds(
        "a registration",
        () -> !server.confirmedEvents.of(MessageTypes.MACHINE_REGISTERED).isEmpty());
    server.shut();
    server.open();
    ConditionPoller.holds(
        "another", () -> server.confirmedEvents.of(MessageTypes.MACHINE_REGISTERED).size() >= 2);
    server.run(script("after", "true"));
    assertEquals(State.FINISHED, server.confirmedEvents.ended("after").state());
  }

  @Test
  void theServerMaySendTheNextTaskAsSoonAsItLearnsOfAnEnd() {
    server.confirmedEvents.onEnd(n -> server.run(script("task" + (n + 1), "mkdir d; touch d/f")));
    server.run(script("task0", "true"));
    for (int i = 0; i < 20; i++) {
      assertEquals(State.FINISHED, server.confirmedEvents.ended("task" + i).state());
    }
    assertEquals(List.of(), server.confirmedEvents.of(MessageTypes.TASK_DECLINED));
  }

  @Test
  void anotherReleaseOfAnAttemptThatRunsIsNotTaken() {
    HeldStage running = hold("twice");
    server.run(script("twice", "true").token("another"));
    end(running, "twice");
    assertEquals(1, server.confirmedEvents.of(MessageTypes.TASK_ACKED).size());
  }

  @Test
  void aTaskWithoutAFreeSlotIsDeclined() {
    HeldStage running = hold("first");
    server.run(script("second", "true"));
    server.confirmedEvents.await(MessageTypes.TASK_DECLINED, "second");
    assertFalse(server.confirmedEvents.has(MessageTypes.TASK_ACKED, "second"));
    end(running, "first");
  }

  @Test
  void theSameCommandAgainIsNotRunAgain() {
    HeldStage running = hold("same");
    server.run(task("same").test("t", held("t", "")));
    end(running, "same");
    server.run(task("same").test("t", held("t", "")));
    server.run(script("marker", "true"));
    server.confirmedEvents.ended("marker");
    assertEquals(1, count(MessageTypes.TASK_ACKED, "same"));
    assertEquals(1, count(MessageTypes.TASK_STARTED, "same"));
  }

  @Test
  void whatIsNoCommandIsRejectedAndTheAgentGoesOn() {
    server.send(QueueNames.machine(TestServer.MACHINE), Buffer.buffer("no json"));
    server.toMachine("task.dance", task("x").build());
    server.toMachine(MessageTypes.TASK_RUN, new GroupQueueCommand("x", "y"));
    server.run(script("bad/../id", "true"));
    ConditionPoller.holds("four rejections", () -> server.queues.refusals.size() == 4);
    assertTrue(server.queues.refusals.stream().allMatch(DeliveryOutcome.REJECT::equals));
    server.run(script("next", "true"));
    assertEquals(Result.OK, resultOf("next"));
  }

  @Test
  void ofAGroupItTakesOneTaskAtATimeAndOnlyWithAFreeSlot() {
    server.toMachine(MessageTypes.GROUP_JOIN, new GroupQueueCommand("execution", GROUP));
    toGroup(task("g1").test("t", held("t", "")));
    toGroup(script("g2", "true"));
    HeldStage first = new HeldStage(dir, "g1", "t");
    assertFalse(server.confirmedEvents.has(MessageTypes.TASK_ACKED, "g2"));
    end(first, "g1");
    server.confirmedEvents.ended("g2");
    assertEquals(0, count(MessageTypes.TASK_DECLINED, "g2"));
    server.toMachine(MessageTypes.GROUP_LEAVE, new GroupQueueCommand("execution", GROUP));
  }

  @Test
  void aHundredTasksBackToBackGiveTheirOwnResults() {
    server.toMachine(MessageTypes.GROUP_JOIN, new GroupQueueCommand("execution", GROUP));
    for (int i = 0; i < 100; i++) {
      toGroup(script("n" + i, "echo I am " + i + "; exit " + i % 2));
    }
    for (int i = 0; i < 100; i++) {
      assertEquals(1, server.confirmedEvents.ended("n" + i).statusCount());
      assertEquals(
          i % 2 == 0 ? Result.OK : Result.FAILED, server.confirmedEvents.only("n" + i).result());
      assertEquals("I am " + i + "\n", server.confirmedEvents.text("n" + i));
      for (LogWritten chunk : server.confirmedEvents.chunks("n" + i)) {
        assertEquals("token-n" + i + "-1", chunk.token());
      }
    }
  }

  private void toGroup(TaskBuilder task) {
    server.send(GROUP, MessageEnvelope.of(MessageTypes.TASK_RUN, "server", task.build()).encode());
  }

  private HeldStage hold(String taskId) {
    server.run(task(taskId).test("t", held("t", "")));
    return new HeldStage(dir, taskId, "t");
  }

  private void end(HeldStage test, String taskId) {
    test.release();
    server.confirmedEvents.ended(taskId);
  }

  private Result resultOf(String taskId) {
    server.confirmedEvents.ended(taskId);
    return server.confirmedEvents.only(taskId).result();
  }

  private long count(String type, String taskId) {
    return server.confirmedEvents.typesOf(taskId).stream().filter(type::equals).count();
  }

  private List<String> tasksOfLastHeartbeat() {
    List<MessageEnvelope> beats = server.confirmedEvents.of(MessageTypes.MACHINE_HEARTBEAT);
    return beats.isEmpty()
        ? List.of("none yet")
        : beats.get(beats.size() - 1).payloadAs(MachineHeartbeat.class).tasks().stream()
            .map(t -> t.taskId())
            .toList();
  }
}
