package io.cta.server.tracking;

import static io.cta.server.tracking.TrackingFixture.report;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.State;
import io.cta.domain.Status;
import io.cta.domain.StatusSource;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.MessageTypes;
import io.cta.message.StatusBatch;
import io.cta.message.TaskCancel;
import io.cta.server.store.DocumentStore;
import io.cta.server.tracking.TrackingFixture.AgentStub;
import io.cta.state.TaskFact;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Agents' events become statuses, tasks and executions; run against each store. */
@Timeout(60)
abstract class TrackingTest {
  protected final Vertx vertx = Vertx.vertx();
  protected TrackingFixture rig;

  protected abstract DocumentStore store();

  @BeforeEach
  void open() {
    rig = new TrackingFixture(vertx, store()).deployed();
    rig.machine("m1", "one");
  }

  @AfterEach
  void close() {
    rig.close();
    vertx.close().await();
  }

  @Test
  void aTaskRunsFromAckToItsEnd() {
    Task task = rig.planned(1, 0, 0, "a", "b").get(0);
    AgentStub agent = rig.release(task, "m1");
    agent.acked().await();
    assertEquals(State.ACKED, rig.task(task).state());
    agent.started().await();
    agent.reports(report("a", 1, Result.OK), report("b", 2, Result.PARTIAL)).await();
    agent.ended(2).await();

    Task done = rig.until(task, t -> t.state().terminal());
    assertEquals(State.FINISHED, done.state());
    assertEquals(Result.PARTIAL, done.result());
    assertEquals(new ResultCounts(1, 0, 0, 1, 0, 0), done.counts());
    assertEquals(1, done.attempts().size());
    Status first = rig.statuses(task).get(0);
    assertEquals("one", first.machineName());
    assertTrue(first.at().isAfter(Instant.now().minusSeconds(60)));
    Execution over = rig.execution(task.executionId(), e -> e.state().terminal());
    assertEquals(Result.PARTIAL, over.result());
    assertEquals(done.counts(), over.counts());
    assertEquals(1, over.tasksDone());
  }

  @Test
  void aConfirmedStatusIsStoredAndARepeatedOneIsStoredOnce() {
    Task task = rig.planned(1, 0, 0, "a").get(0);
    AgentStub agent = rig.release(task, "m1");
    agent.reports(report("a", 1, Result.OK)).await();
    assertEquals(1, rig.statuses(task).size());
    agent.reports(report("a", 1, Result.OK), report("a", 2, Result.OK)).await();
    assertEquals(2, rig.statuses(task).size());
  }

  @Test
  void aHundredBackToBackTasksKeepTheirOwnResultsInAnyOrder() {
    Random random = new Random(7);
    List<Task> tasks = new ArrayList<>();
    List<Future<Object>> sent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Task task = rig.planned(1, 0, 0, "a").get(0);
      tasks.add(task);
      AgentStub agent = rig.release(task, "m1");
      Result result = i % 2 == 0 ? Result.OK : Result.FAILED;
      List<Runnable> pendingFacts = new ArrayList<>();
      pendingFacts.add(() -> sent.add(agent.acked()));
      pendingFacts.add(() -> sent.add(agent.started()));
      pendingFacts.add(() -> sent.add(agent.reports(report("a", 1, result))));
      pendingFacts.add(() -> sent.add(agent.reports(report("a", 1, result))));
      pendingFacts.add(() -> sent.add(agent.ended(1)));
      pendingFacts.add(() -> sent.add(agent.ended(1)));
      Collections.shuffle(pendingFacts, random);
      pendingFacts.forEach(Runnable::run);
    }
    Future.all(sent).await();
    for (int i = 0; i < tasks.size(); i++) {
      Task done = rig.until(tasks.get(i), t -> t.state().terminal());
      Result expected = i % 2 == 0 ? Result.OK : Result.FAILED;
      assertEquals(expected, done.result(), "task " + i);
      assertEquals(1, rig.statuses(done).size());
      assertEquals(expected, rig.execution(done.executionId(), e -> e.state().terminal()).result());
    }
  }

  @Test
  void aResultOfAnotherExecutionIsRefused() {
    Task mine = rig.planned(1, 0, 0, "a").get(0);
    Task other = rig.planned(1, 0, 0, "a").get(0);
    AgentStub agent = rig.release(mine, "m1");
    StatusBatch wrong = agent.batch(other.executionId(), List.of(report("a", 1, Result.FAILED)));
    ServiceFailure refused =
        assertThrows(
            ServiceFailure.class, () -> agent.say(MessageTypes.STATUSES_REPORTED, wrong).await());
    assertEquals(ErrorCode.INVALID, refused.code());
    assertTrue(refused.getMessage().startsWith("executionId"), refused.getMessage());
    assertEquals(List.of(), rig.statuses(mine));
    assertEquals(List.of(), rig.statuses(other));
  }

  @Test
  void testsThatNobodyReportedAreInconclusive() {
    Task task = rig.planned(1, 0, 0, "a", "suite/b").get(0);
    AgentStub agent = rig.release(task, "m1");
    agent.acked().await();
    agent.reports(report("a", 1, Result.OK)).await();
    agent.ended(1).await();
    Task done = rig.until(task, t -> t.state().terminal());
    assertEquals(Result.INCONCLUSIVE, done.result());
    assertEquals(new ResultCounts(1, 0, 1, 0, 0, 0), done.counts());
    Status filled =
        rig.statuses(task).stream()
            .filter(s -> s.source() == StatusSource.SERVER)
            .findFirst()
            .orElseThrow();
    assertEquals("suite/b", filled.testId());
    assertEquals("b", filled.testName());
    assertEquals("notReported", filled.reason());
    assertEquals(
        Result.INCONCLUSIVE, rig.execution(task.executionId(), e -> e.state().terminal()).result());
  }

  @Test
  void anUnknownExecutionIsNotFoundAndDisturbsNoOther() {
    AgentStub stranger = new AgentStub(rig, "nobody", "nobody-0", 1, "t", "m1");
    for (Future<Object> sent :
        List.of(
            stranger.reports(report("a", 1, Result.OK)), stranger.started(), stranger.ended(0))) {
      ServiceFailure refused = assertThrows(ServiceFailure.class, sent::await);
      assertEquals(ErrorCode.NOT_FOUND, refused.code());
    }
    aTaskRunsFromAckToItsEnd();
  }

  @Test
  void lostStatusesDelayATaskOnlyUntilItsDeadline() {
    Task task = rig.planned(1, 0, 0, "a").get(0);
    AgentStub agent = rig.release(task, "m1");
    agent.acked().await();
    agent.reports(report("a", 2, Result.OK)).await();
    agent.ended(3).await();
    assertEquals(State.FINISHED, rig.task(task).endState());
    assertEquals(State.ACKED, rig.task(task).state());
    Instant late = Instant.now().plusSeconds(90);
    Instant passed = rig.task(task).deadline();
    rig.writer
        .apply(task.id(), new TaskFact.DeadlinePassed(passed, late.plusSeconds(60), late))
        .await();
    Task done = rig.until(task, t -> t.state().terminal());
    assertEquals("statusesLost", done.reason());
    assertEquals(Result.INCONCLUSIVE, done.result());
  }

  @Test
  void unknownResultsAndTestsAreRefusedByField() {
    Task task = rig.planned(1, 0, 0, "a").get(0);
    AgentStub agent = rig.release(task, "m1");
    JsonObject batch = JsonObject.mapFrom(java.util.Map.of("executionId", task.executionId()));
    batch.put("taskId", task.id()).put("attempt", 1).put("token", agent.token());
    batch.put("machineId", "m1");
    JsonObject status = new JsonObject().put("testId", "a").put("index", 1).put("result", "great");
    batch.put("statuses", new JsonArray().add(status));
    assertRefused("statuses[0].result", agent.say(MessageTypes.STATUSES_REPORTED, batch));
    assertRefused("statuses[0].testId", agent.reports(report("z", 1, Result.OK)));
    assertRefused("statuses[0].index", agent.reports(report("a", 0, Result.OK)));
    assertRefused("type", agent.say("task.danced", batch));
    assertEquals(List.of(), rig.statuses(task));
    agent.reports(report("a", 1, Result.OK)).await();
    assertEquals(1, rig.statuses(task).size());
  }

  @Test
  void aStaleAttemptIsToldToStopAndChangesNothing() {
    Task task = rig.planned(1, 0, 1, "a").get(0);
    AgentStub old = rig.release(task, "m1");
    old.acked().await();
    rig.writer.apply(task.id(), new TaskFact.Lost(1, "machineLost", Instant.now())).await();
    rig.until(task, t -> t.state() == State.PENDING && t.attempts().size() == 1);
    AgentStub next = rig.release(task, "m2");
    old.started().await();
    old.reports(report("a", 1, Result.FAILED)).await();
    assertEquals(List.of(), rig.statuses(task));
    assertNull(rig.task(task).startedAt());
    TaskCancel cancel =
        rig.poll(() -> rig.commands, c -> c.size() == 2)
            .get(0)
            .envelope()
            .payloadAs(TaskCancel.class);
    assertTrue(cancel.stale());
    assertEquals(old.token(), cancel.token());
    next.acked().await();
    next.reports(report("a", 1, Result.OK)).await();
    next.ended(1).await();
    assertEquals(Result.OK, rig.until(task, t -> t.state().terminal()).result());
  }

  private static void assertRefused(String field, Future<Object> sent) {
    ServiceFailure refused = assertThrows(ServiceFailure.class, sent::await);
    assertEquals(ErrorCode.INVALID, refused.code());
    assertTrue(refused.getMessage().startsWith(field), refused.getMessage());
  }
}
