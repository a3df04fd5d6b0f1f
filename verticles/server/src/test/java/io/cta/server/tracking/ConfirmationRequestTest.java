package io.cta.server.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageTypes;
import io.cta.message.TaskCancel;
import io.cta.message.TaskStartConfirmed;
import io.cta.server.store.MemoryStore;
import io.cta.server.tracking.TrackingFixture.AgentStub;
import io.cta.state.TaskFact;
import io.vertx.core.Vertx;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the server answers when an agent asks whether to start an attempt. */
@Timeout(60)
class ConfirmationRequestTest {
  private final Vertx vertx = Vertx.vertx();
  private final TrackingFixture rig = new TrackingFixture(vertx, new MemoryStore(vertx)).deployed();
  private final Task task = rig.planned(1, 0, 1, "a").get(0);

  @AfterEach
  void close() {
    rig.close();
    vertx.close().await();
  }

  @Test
  void aReleasedAttemptIsConfirmedToTheFirstMachineThatAsks() {
    AgentStub agent = rig.release(task, null);
    agent.of("m1").asked().await();
    assertGo(answer(1), agent);
    assertEquals(State.ACKED, rig.task(task).state());
    assertEquals("m1", rig.task(task).machineId());

    agent.of("m2").asked().await();
    assertTrue(cancel(2).stale());
    assertEquals("m2", rig.commands.get(1).machineId());
    agent.of("m1").asked().await();
    assertGo(answer(3), agent);
  }

  @Test
  void aRunningAttemptIsConfirmed() {
    AgentStub agent = rig.release(task, "m1");
    agent.started().await();
    agent.asked().await();
    assertGo(answer(1), agent);
    assertEquals(State.RUNNING, rig.task(task).state());
  }

  @Test
  void anAttemptBeingCancelledIsAnsweredWithACancel() {
    AgentStub agent = rig.release(task, "m1");
    agent.acked().await();
    Instant now = Instant.now();
    rig.writer.apply(task.id(), new TaskFact.CancelRequested(now.plusSeconds(20), now)).await();
    agent.asked().await();
    assertFalse(cancel(1).stale());
    assertEquals("cancelled", cancel(1).reason());
  }

  @Test
  void anAttemptCancelledBeforeItWasTakenIsStale() {
    AgentStub agent = rig.release(task, "m1");
    Instant now = Instant.now();
    rig.writer.apply(task.id(), new TaskFact.CancelRequested(now.plusSeconds(20), now)).await();
    rig.until(task, t -> t.state() == State.CANCELLED);
    agent.asked().await();
    assertTrue(cancel(1).stale());
    assertEquals(State.CANCELLED, rig.task(task).state());
  }

  @Test
  void anAttemptReplacedByALaterOneIsStale() {
    AgentStub first = rig.release(task, "m1");
    first.acked().await();
    rig.writer.apply(task.id(), new TaskFact.Lost(1, "machineLost", Instant.now())).await();
    rig.until(task, t -> t.attempts().size() == 1);
    rig.release(task, "m2");
    first.asked().await();
    assertTrue(cancel(1).stale());
  }

  private MessageEnvelope answer(int n) {
    rig.poll(rig.commands::size, size -> size == n);
    return rig.commands.get(n - 1).envelope();
  }

  private TaskCancel cancel(int n) {
    MessageEnvelope answer = answer(n);
    assertEquals(MessageTypes.TASK_CANCEL, answer.type());
    return answer.payloadAs(TaskCancel.class);
  }

  private static void assertGo(MessageEnvelope answer, AgentStub agent) {
    assertEquals(MessageTypes.TASK_GO, answer.type());
    assertEquals(
        new TaskStartConfirmed(
            agent.taskId(), agent.attempt(), agent.token(), TrackingFixture.ASKED_AT),
        answer.payloadAs(TaskStartConfirmed.class));
  }
}
