package io.cta.server.tracking;

import static io.cta.server.tracking.TrackingFixture.report;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
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
import io.cta.message.LogWritten;
import io.cta.message.LogWrittenBuilder;
import io.cta.message.MessageTypes;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.StoreCollections;
import io.cta.server.tracking.TrackingFixture.AgentStub;
import io.cta.state.TaskFact;
import io.cta.state.TransitionOutcome;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How tasks end: retries, cancels, lost machines, restarts, a failing store. */
@Timeout(60)
class CompletionTest {
  private final Vertx vertx = Vertx.vertx();
  private final MemoryStore store = new MemoryStore(vertx);
  private final TrackingFixture rig = new TrackingFixture(vertx, store).deployed();

  @AfterEach
  void close() {
    rig.close();
    vertx.close().await();
  }

  @Test
  void failedTestsRunAgainAndAHealedOneIsOkAndFlaky() {
    Task task = rig.planned(1, 1, 0, "a", "b").get(0);
    AgentStub first = rig.release(task, "m1");
    first.acked().await();
    first.reports(report("a", 1, Result.OK), report("b", 2, Result.FAILED)).await();
    first.ended(2).await();
    Task again = rig.until(task, t -> t.attempts().size() == 1);
    assertEquals(State.PENDING, again.state());
    assertEquals(List.of("b"), again.attemptTestIds());

    AgentStub second = rig.release(task, "m2");
    second.acked().await();
    second.reports(report("b", 2, Result.OK)).await();
    second.ended(1).await();
    Task done = rig.until(task, t -> t.state().terminal());
    assertEquals(Result.OK, done.result());
    assertEquals(new ResultCounts(2, 0, 0, 0, 0, 1), done.counts());
    assertEquals(2, done.attempts().size());
  }

  @Test
  void aLostMachineIsFollowedByAnotherAttemptWithoutInconclusiveStatuses() {
    Task task = rig.planned(1, 0, 1, "a").get(0);
    rig.release(task, "m1").acked().await();
    rig.writer.apply(task.id(), new TaskFact.Lost(1, "machineLost", Instant.now())).await();
    rig.until(task, t -> t.attempts().size() == 1);
    assertEquals(List.of(), rig.statuses(task));

    rig.release(task, "m2").acked().await();
    rig.writer.apply(task.id(), new TaskFact.Lost(2, "machineLost", Instant.now())).await();
    Task done = rig.until(task, t -> t.state().terminal());
    assertEquals(Result.INCONCLUSIVE, done.result());
    assertEquals("machineLost", done.reason());
    assertEquals("machineLost", rig.statuses(task).get(0).reason());
  }

  @Test
  void aFailureReportedBeforeItsMachineDiedStays() {
    Task task = rig.planned(1, 0, 0, "first", "second").get(0);
    AgentStub agent = rig.release(task, "m1");
    agent.acked().await();
    agent.reports(report("first", 1, Result.FAILED)).await();
    agent.ended(1, true, "agentRestarted").await();
    Task done = rig.until(task, t -> t.state().terminal());
    assertEquals(State.FINISHED, done.state());
    assertEquals(Result.FAILED, done.result());
    Map<String, Result> results =
        rig.statuses(done).stream().collect(Collectors.toMap(Status::testId, Status::result));
    assertEquals(Map.of("first", Result.FAILED, "second", Result.INCONCLUSIVE), results);
    assertEquals(
        Result.FAILED, rig.execution(done.executionId(), e -> e.tasksDone() == 1).result());
  }

  @Test
  void aTaskThatNoMachineMatchesIsCompletedWithEveryTestInconclusive() {
    List<Task> planned = rig.planned(1, 0, 0, "a", "b");
    Task ended =
        planned.get(0).edit().end(State.FINISHED, false).reason("noMatchingMachine").done();
    stores(ended);
    rig.undeploy();
    rig.deployed(); // as after a restart: the task is not announced again
    Task done = rig.until(ended, t -> t.state().terminal());
    assertEquals(Result.INCONCLUSIVE, done.result());
    assertEquals(2, rig.statuses(done).size());
    var over = rig.execution(done.executionId(), e -> e.state().terminal());
    assertEquals(State.FINISHED, over.state());
    assertEquals("noMatchingMachine", over.reason());
  }

  @Test
  void aCancelledRunIsCompleteWhenEachTaskIs() {
    List<Task> tasks = rig.planned(3, 0, 0, "a");
    AgentStub busy = rig.release(tasks.get(0), "m1");
    busy.acked().await();
    busy.started().await();
    Instant now = Instant.now();
    for (Task task : tasks) {
      rig.writer.apply(task.id(), new TaskFact.CancelRequested(now.plusSeconds(20), now)).await();
    }
    rig.until(tasks.get(1), t -> t.state() == State.CANCELLED);
    rig.until(tasks.get(2), t -> t.state() == State.CANCELLED);
    assertEquals(State.RUNNING, rig.execution(busy.executionId(), e -> e.tasksDone() == 2).state());
    busy.ended(0, false, "cancelled").await();
    var over = rig.execution(busy.executionId(), e -> e.state().terminal());
    assertEquals(State.CANCELLED, over.state());
    assertEquals(3, rig.execution(busy.executionId(), e -> true).counts().inconclusive());
  }

  @Test
  void tasksThatEndedWhileTheServerWasDownAreCompletedAtStart() {
    Task task = rig.planned(1, 0, 0, "a").get(0);
    AgentStub agent = rig.release(task, "m1");
    agent.acked().await();
    agent.reports(report("a", 1, Result.OK)).await();
    rig.undeploy();
    rig.writer
        .apply(
            task.id(),
            new TaskFact.Ended(
                1, agent.token(), "m1", State.FINISHED, 1, false, null, Instant.now()))
        .await();
    rig.deployed();
    assertEquals(Result.OK, rig.until(task, t -> t.state().terminal()).result());
    rig.execution(task.executionId(), e -> e.state() == State.FINISHED);
  }

  @Test
  void afterARestartTheStatusesAreReadFromTheStore() {
    Task task = rig.planned(1, 0, 0, "a", "b").get(0);
    AgentStub agent = rig.release(task, "m1");
    agent.acked().await();
    agent.reports(report("a", 1, Result.FAILED)).await();
    rig.undeploy();
    rig.deployed();
    agent.reports(report("b", 2, Result.OK)).await();
    agent.ended(2).await();
    Task done = rig.until(task, t -> t.state().terminal());
    assertEquals(new ResultCounts(1, 1, 0, 0, 0, 0), done.counts());
  }

  @Test
  void anEventThatTheStoreRefusedFailsAndSucceedsWhenSentAgain() {
    Task task = rig.planned(1, 0, 0, "a").get(0);
    AgentStub agent = rig.release(task, "m1");
    agent.acked().await();
    AtomicInteger failing = new AtomicInteger(1);
    store.beforeWrites(
        writes -> {
          boolean statuses = writes.get(0).collection() == StoreCollections.STATUSES;
          if (statuses && failing.getAndDecrement() > 0) {
            throw new ServiceFailure(ErrorCode.UNAVAILABLE, "disk full");
          }
          return writes;
        });
    var lost = agent.reports(report("a", 1, Result.OK));
    assertEquals(ErrorCode.UNAVAILABLE, assertThrows(ServiceFailure.class, lost::await).code());
    agent.reports(report("a", 1, Result.OK)).await();
    agent.ended(1).await();
    assertEquals(Result.OK, rig.until(task, t -> t.state().terminal()).result());
    assertEquals(1, rig.statuses(task).size());
  }

  @Test
  void countsOfARunningTaskAreUpdatedWhileItRuns() {
    Task task = rig.planned(1, 0, 0, "a").get(0);
    AgentStub agent = rig.release(task, "m1");
    agent.started().await();
    for (int i = 1; i <= 5; i++) {
      agent.reports(report("a", i, Result.OK)).await();
    }
    Task seen = rig.until(task, t -> t.counts().ok() == 5);
    assertEquals(State.RUNNING, seen.state());
    assertNull(seen.result());
    rig.execution(task.executionId(), e -> e.counts().ok() == 5);
  }

  @Test
  void aDeclinedTaskWaitsAgain() {
    Task task = rig.planned(1, 0, 0, "a").get(0);
    AgentStub agent = rig.release(task, "m1");
    agent.declined().await();
    Task waiting = rig.task(task);
    assertNull(waiting.releasedAt());
    assertEquals(0, waiting.attempt());
    assertEquals("declined", waiting.declined().reason());
    rig.release(task, "m2").acked().await();
    agent.declined().await();
    assertEquals(State.ACKED, rig.task(task).state());
    assertEquals(List.of(), rig.commands);
  }

  @Test
  void lateStatusesOfAFinishedTaskAreCounted() {
    Task task = rig.planned(1, 0, 0, "a").get(0);
    AgentStub agent = rig.release(task, "m1");
    agent.acked().await();
    agent.ended(0).await();
    Task done = rig.until(task, t -> t.state().terminal());
    assertEquals(Result.INCONCLUSIVE, done.result());
    rig.execution(task.executionId(), e -> e.result() == Result.INCONCLUSIVE);
    agent.reports(report("a", 1, Result.FAILED)).await();
    assertEquals(2, rig.statuses(task).size());
    assertEquals(Result.FAILED, rig.task(task).result());
    assertEquals(new ResultCounts(0, 1, 0, 0, 0, 0), rig.task(task).counts());
    assertEquals(done.finishedAt(), rig.task(task).finishedAt());
    Execution corrected = rig.execution(task.executionId(), e -> true);
    assertEquals(Result.FAILED, corrected.result());
    assertEquals(new ResultCounts(0, 1, 0, 0, 0, 0), corrected.counts());
    assertTrue(rig.statuses(task).stream().anyMatch(s -> s.source() == StatusSource.SERVER));
    assertInstanceOf(
        TransitionOutcome.Ignored.class,
        rig.writer
            .apply(task.id(), new TaskFact.Started(1, agent.token(), "m1", Instant.now()))
            .await());
  }

  @Test
  void outputIsStoredOnceInOrder() {
    Task task = rig.planned(1, 0, 0, "a").get(0);
    AgentStub agent = rig.release(task, "m1");
    for (int seq : new int[] {1, 0, 1}) {
      agent.say(MessageTypes.LOG_WRITTEN, output(agent, seq)).await();
    }
    DocumentFilter ofTask = DocumentFilter.eq("taskId", task.id());
    assertEquals(2, store.count(StoreCollections.LOGS, ofTask).await());
  }

  @Test
  void outputOfAnotherMachineForTheSameAttemptIsNotMixedIn() {
    Task task = rig.planned(1, 0, 0, "a").get(0);
    AgentStub agent = rig.release(task, null);
    AgentStub first = agent.of("m1");
    AgentStub second = agent.of("m2");
    first.acked().await();
    second.acked().await();
    first.say(MessageTypes.LOG_WRITTEN, output(first, 0)).await();
    second.say(MessageTypes.LOG_WRITTEN, output(second, 1)).await();
    DocumentFilter ofTask = DocumentFilter.eq("taskId", task.id());
    assertEquals(1, store.count(StoreCollections.LOGS, ofTask).await());
  }

  /** Ten times x, packed as agents pack output. */
  private static final String TEN_BYTES = "H4sIAAAAAAAC/6uogAEAd0ffjgoAAAA=";

  private static LogWritten output(AgentStub agent, int seq) {
    return LogWrittenBuilder.builder()
        .executionId(agent.executionId())
        .taskId(agent.taskId())
        .attempt(1)
        .token(agent.token())
        .testId("a")
        .seq(seq)
        .offset(seq * 10L)
        .size(10)
        .data(TEN_BYTES)
        .build();
  }

  private void stores(Task task) {
    rig.stores.tasks.replace(task.id(), rig.stores.tasks.get(task.id()).await(), task).await();
  }
}
