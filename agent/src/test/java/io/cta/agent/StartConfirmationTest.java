package io.cta.agent;

import static io.cta.agent.TaskBuilder.script;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.cta.broker.ConditionPoller;
import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.message.MessageTypes;
import io.cta.message.TaskCancel;
import io.cta.message.TaskStartConfirmed;
import io.cta.message.TaskStartRequested;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A command that waited on its queue may be outdated: the agent asks before it begins. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class StartConfirmationTest {
  @TempDir Path dir;
  private TestServer server;
  private InProcessAgent agent;

  @BeforeEach
  void start() {
    server = new TestServer();
    server.answering(false);
    agent = new InProcessAgent(server, dir, 2);
  }

  @AfterEach
  void stop() {
    agent.close();
    server.close();
  }

  @Test
  void anOldCommandBeginsOnceTheServerConfirmsIt() {
    server.runLate(script("waited", "echo ran"));
    TaskStartRequested asked = asked();
    assertNotBegun();
    server.go(asked);
    server.go(asked);
    assertEquals(State.FINISHED, server.confirmedEvents.ended("waited").state());
    assertEquals(List.of(Result.OK), server.confirmedEvents.results("waited"));
    assertEquals("ran\n", server.confirmedEvents.text("waited"));
  }

  @Test
  void aFreshCommandIsNotAskedAbout() {
    server.run(script("fresh", "true"));
    server.confirmedEvents.ended("fresh");
    assertEquals(List.of(), server.confirmedEvents.of(MessageTypes.TASK_ASKED));
  }

  @Test
  void whatWasCancelledMeanwhileNeverBegins() {
    server.runLate(script("waited", "echo never"));
    TaskStartRequested asked = asked();
    server.toMachine(
        MessageTypes.TASK_CANCEL,
        new TaskCancel("waited", 1, asked.token(), false, false, "people"));
    assertEquals(State.CANCELLED, server.confirmedEvents.ended("waited").state());
    assertFalse(server.confirmedEvents.has(MessageTypes.TASK_STARTED, "waited"));
    assertEquals("", server.confirmedEvents.text("waited"));
  }

  @Test
  void anOldAnswerIsIgnoredAndTheQuestionIsAskedAgain() {
    server.runLate(script("waited", "true"));
    TaskStartRequested asked = asked();
    Instant longAgo = asked.askedAt().minusSeconds(60);
    server.toMachine(
        MessageTypes.TASK_GO, new TaskStartConfirmed("waited", 1, asked.token(), longAgo));
    server.toMachine(
        MessageTypes.TASK_GO, new TaskStartConfirmed("waited", 1, "of another", asked.askedAt()));
    ConditionPoller.holds(
        "another question", () -> server.confirmedEvents.of(MessageTypes.TASK_ASKED).size() >= 2);
    assertNotBegun();
    server.answering(true);
    assertEquals(State.FINISHED, server.confirmedEvents.ended("waited").state());
  }

  private TaskStartRequested asked() {
    server.confirmedEvents.await(MessageTypes.TASK_ASKED, "waited");
    return server
        .confirmedEvents
        .of(MessageTypes.TASK_ASKED)
        .get(0)
        .payloadAs(TaskStartRequested.class);
  }

  /** Another task runs meanwhile, which is time enough to begin. */
  private void assertNotBegun() {
    server.run(script("other", "true"));
    server.confirmedEvents.ended("other");
    assertFalse(server.confirmedEvents.has(MessageTypes.TASK_STARTED, "waited"));
  }
}
