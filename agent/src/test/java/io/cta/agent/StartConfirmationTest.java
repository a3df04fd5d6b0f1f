package io.cta.agent;

import static io.cta.agent.TaskBuilder.script;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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

/** A command that has lain may not be meant any more: the agent asks before it begins. */
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
  void whatHasLainBeginsOnceTheServerSaysSo() {
    server.runLate(script("lain", "echo ran"));
    TaskStartRequested asked = asked();
    assertNotBegun();
    server.go(asked);
    server.go(asked);
    assertEquals(State.FINISHED, server.confirmedEvents.ended("lain").state());
    assertEquals(List.of(Result.OK), server.confirmedEvents.results("lain"));
    assertEquals("ran\n", server.confirmedEvents.text("lain"));
  }

  @Test
  void whatIsFreshIsNotAskedAbout() {
    server.run(script("fresh", "true"));
    server.confirmedEvents.ended("fresh");
    assertEquals(List.of(), server.confirmedEvents.of(MessageTypes.TASK_ASKED));
  }

  @Test
  void whatWasCancelledMeanwhileNeverBegins() {
    server.runLate(script("lain", "echo never"));
    TaskStartRequested asked = asked();
    server.toMachine(
        MessageTypes.TASK_CANCEL, new TaskCancel("lain", 1, asked.token(), false, false, "people"));
    assertEquals(State.CANCELLED, server.confirmedEvents.ended("lain").state());
    assertFalse(server.confirmedEvents.has(MessageTypes.TASK_STARTED, "lain"));
    assertEquals("", server.confirmedEvents.text("lain"));
  }

  @Test
  void anAnswerThatHasLainIsNoneAndTheQuestionIsAskedAgain() {
    server.runLate(script("lain", "true"));
    TaskStartRequested asked = asked();
    Instant longAgo = asked.askedAt().minusSeconds(60);
    server.toMachine(
        MessageTypes.TASK_GO, new TaskStartConfirmed("lain", 1, asked.token(), longAgo));
    server.toMachine(
        MessageTypes.TASK_GO, new TaskStartConfirmed("lain", 1, "of another", asked.askedAt()));
    ConditionPoller.holds(
        "another question", () -> server.confirmedEvents.of(MessageTypes.TASK_ASKED).size() >= 2);
    assertNotBegun();
    server.answering(true);
    assertEquals(State.FINISHED, server.confirmedEvents.ended("lain").state());
  }

  private TaskStartRequested asked() {
    server.confirmedEvents.await(MessageTypes.TASK_ASKED, "lain");
    return server
        .confirmedEvents
        .of(MessageTypes.TASK_ASKED)
        .get(0)
        .payloadAs(TaskStartRequested.class);
  }

  /** All that another task takes has been time enough to begin. */
  private void assertNotBegun() {
    server.run(script("other", "true"));
    server.confirmedEvents.ended("other");
    assertFalse(server.confirmedEvents.has(MessageTypes.TASK_STARTED, "lain"));
  }
}
