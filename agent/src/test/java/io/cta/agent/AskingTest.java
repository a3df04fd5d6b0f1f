package io.cta.agent;

import static io.cta.agent.TaskBuilder.script;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.message.TaskAsked;
import io.cta.message.TaskCancel;
import io.cta.message.TaskGo;
import io.cta.message.Types;
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
class AskingTest {
  @TempDir Path dir;
  private TestServer server;
  private InProcess agent;

  @BeforeEach
  void start() {
    server = new TestServer();
    server.answering(false);
    agent = new InProcess(server, dir, 2);
  }

  @AfterEach
  void stop() {
    agent.close();
    server.close();
  }

  @Test
  void whatHasLainBeginsOnceTheServerSaysSo() {
    server.runLate(script("lain", "echo ran"));
    TaskAsked asked = asked();
    assertNotBegun();
    server.go(asked);
    server.go(asked);
    assertEquals(State.FINISHED, server.events.ended("lain").state());
    assertEquals(List.of(Result.OK), server.events.results("lain"));
    assertEquals("ran\n", server.events.text("lain"));
  }

  @Test
  void whatIsFreshIsNotAskedAbout() {
    server.run(script("fresh", "true"));
    server.events.ended("fresh");
    assertEquals(List.of(), server.events.of(Types.TASK_ASKED));
  }

  @Test
  void whatWasCancelledMeanwhileNeverBegins() {
    server.runLate(script("lain", "echo never"));
    TaskAsked asked = asked();
    server.toMachine(
        Types.TASK_CANCEL, new TaskCancel("lain", 1, asked.token(), false, false, "people"));
    assertEquals(State.CANCELLED, server.events.ended("lain").state());
    assertFalse(server.events.has(Types.TASK_STARTED, "lain"));
    assertEquals("", server.events.text("lain"));
  }

  @Test
  void anAnswerThatHasLainIsNoneAndTheQuestionIsAskedAgain() {
    server.runLate(script("lain", "true"));
    TaskAsked asked = asked();
    Instant longAgo = asked.askedAt().minusSeconds(60);
    server.toMachine(Types.TASK_GO, new TaskGo("lain", 1, asked.token(), longAgo));
    server.toMachine(Types.TASK_GO, new TaskGo("lain", 1, "of another", asked.askedAt()));
    Until.holds("another question", () -> server.events.of(Types.TASK_ASKED).size() >= 2);
    assertNotBegun();
    server.answering(true);
    assertEquals(State.FINISHED, server.events.ended("lain").state());
  }

  private TaskAsked asked() {
    server.events.await(Types.TASK_ASKED, "lain");
    return server.events.of(Types.TASK_ASKED).get(0).payloadAs(TaskAsked.class);
  }

  /** All that another task takes has been time enough to begin. */
  private void assertNotBegun() {
    server.run(script("other", "true"));
    server.events.ended("other");
    assertFalse(server.events.has(Types.TASK_STARTED, "lain"));
  }
}
