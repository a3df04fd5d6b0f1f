package io.cta.state;

import static io.cta.state.TaskSamples.acked;
import static io.cta.state.TaskSamples.after;
import static io.cta.state.TaskSamples.at;
import static io.cta.state.TaskSamples.counted;
import static io.cta.state.TaskSamples.ended;
import static io.cta.state.TaskSamples.fresh;
import static io.cta.state.TaskSamples.released;
import static io.cta.state.TaskSamples.started;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Attempt;
import io.cta.domain.AttemptBuilder;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.State;
import io.cta.domain.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RetryTest {
  @Test
  void failedTestsRunAgainAndOnlyThose() {
    Task task = failed(fresh(1, 0));
    assertEquals(TaskPhase.WAITING, TaskPhase.of(task));
    assertEquals(List.of("b"), task.attemptTestIds());
    assertEquals(List.of("a", "b"), task.testIds());
    assertEquals(at(10).plus(TaskSamples.PENDING), task.deadline());
    assertNull(task.machineId());
    assertNull(task.token());
    assertNull(task.startedAt());
    assertNull(task.result());
    Attempt first =
        AttemptBuilder.builder()
            .number(1)
            .machineId("m1")
            .startedAt(at(3))
            .endedAt(at(10))
            .state(State.FINISHED)
            .result(Result.FAILED)
            .build();
    assertEquals(List.of(first), task.attempts());
  }

  @Test
  void eachAttemptRecordsWhatRanItsScripts() {
    Task begun = after(fresh(1, 1), released(), acked());
    begun = after(begun, new TaskFact.Started(1, "t1", "m1", "sh -e", at(3)));
    assertEquals("sh -e", begun.shell());
    Task again = after(begun, new TaskFact.Lost(1, "machineLost", at(4)));
    again = after(again, counted(1, Result.FAILED, "a"));
    assertEquals("sh -e", again.attempts().get(0).shell());
    assertNull(again.shell());
  }

  @Test
  void theLastAttemptCounts() {
    Task task = again(failed(fresh(1, 0)), Result.FAILED, "b");
    assertEquals(State.FINISHED, task.state());
    assertEquals(Result.FAILED, task.result());
    assertEquals(2, task.attempts().size());

    Task healed = again(failed(fresh(1, 0)), Result.OK);
    assertEquals(Result.OK, healed.result());
  }

  @Test
  void infrastructureFailuresHaveTheirOwnAttempts() {
    Task task = after(fresh(1, 1), released(), acked(), started());
    task = after(task, new TaskFact.Lost(1, "machineLost", at(4)));
    assertTrue(CompletionRules.retried(task, List.of()));
    task = after(task, counted(1, Result.FAILED, "a"));
    assertEquals(List.of("a", "b"), task.attemptTestIds());
    assertTrue(task.attempts().get(0).infra());
    assertEquals("machineLost", task.attempts().get(0).reason());
    assertInstanceOf(TransitionOutcome.Refused.class, TaskStateMachine.apply(task, ended(1)));
    // the failed test of the second attempt still has the scenario's one retry
    assertEquals(TaskPhase.WAITING, TaskPhase.of(again(task, Result.FAILED, "b")));
  }

  @Test
  void whenAttemptsAreUsedUpTheTaskIsOver() {
    Task task = after(fresh(0, 0), released(), acked(), started());
    task = after(task, ended(0, true, "fetchFailed"), counted(0, Result.INCONCLUSIVE));
    assertEquals(State.FINISHED, task.state());
    assertEquals(Result.INCONCLUSIVE, task.result());
    assertEquals("fetchFailed", task.reason());
  }

  @Test
  void whatComesAfterTheEndIsCountedWithIt() {
    Task task = after(fresh(0, 0), released(), acked(), started());
    task = after(task, new TaskFact.Lost(1, "machineLost", at(4)));
    task = after(task, counted(0, Result.INCONCLUSIVE));
    ResultCounts fine = new ResultCounts(2, 0, 0, 0, 0, 0);
    Task corrected = after(task, new TaskFact.Recounted(1, fine, Result.OK, Map.of(), at(20)));
    // an attempt that broke off is never ok, whatever its statuses say
    assertEquals(Result.INCONCLUSIVE, corrected.result());
    assertEquals(fine, corrected.counts());
    assertEquals(Result.INCONCLUSIVE, corrected.attempts().get(0).result());
    assertEquals("machineLost", corrected.reason());
    assertEquals(task.finishedAt(), corrected.finishedAt());
    TaskFact same = new TaskFact.Recounted(1, fine, Result.OK, Map.of(), at(21));
    assertInstanceOf(TransitionOutcome.Ignored.class, TaskStateMachine.apply(corrected, same));
    TaskFact older = new TaskFact.Recounted(0, fine, Result.OK, Map.of(), at(21));
    assertInstanceOf(TransitionOutcome.Refused.class, TaskStateMachine.apply(corrected, older));
  }

  @Test
  void aCorrectedTaskKeepsItsFloor() {
    Task task = TaskSamples.task(null, false, Result.INCONCLUSIVE, 0, 0);
    task = after(task, released(), acked(), started(), ended(1), counted(1, Result.OK));
    ResultCounts fine = new ResultCounts(2, 0, 0, 0, 0, 0);
    Task corrected = after(task, new TaskFact.Recounted(1, fine, Result.OK, Map.of(), at(20)));
    assertEquals(Result.INCONCLUSIVE, corrected.result());
    assertEquals(fine, corrected.counts());
  }

  @Test
  void aBoundTaskIsTriedAgainOnItsOwnMachine() {
    Task task = TaskSamples.task("m1", true, null, 1, 0);
    assertEquals("m1", failed(task).machineId());
  }

  @Test
  void aCancelBetweenTheEndOfAnAttemptAndTheNextKeepsItFromTheNext() {
    Task task = after(fresh(1, 1), released(), acked(), started(), ended(2), TaskSamples.cancel());
    task = after(task, counted(2, Result.FAILED, "b"));
    assertEquals(State.FINISHED, task.state());

    Task lost = after(fresh(1, 1), released(), acked());
    lost = after(lost, new TaskFact.Lost(1, "machineLost", at(3)), TaskSamples.cancel());
    assertInstanceOf(
        TransitionOutcome.Ignored.class, TaskStateMachine.apply(lost, TaskSamples.cancel()));
    assertEquals(State.CANCELLED, after(lost, counted(0, null)).state());
  }

  @Test
  void aTaskThatEndsWhileItWaitsForItsNextAttemptHasNoOtherAttempt() {
    Task waiting = after(fresh(1, 1), released(), acked());
    waiting = after(waiting, new TaskFact.Lost(1, "machineLost", at(3)), counted(0, null));
    assertEquals(TaskPhase.WAITING, TaskPhase.of(waiting));
    Task cancelled = after(waiting, TaskSamples.cancel(), counted(0, Result.INCONCLUSIVE));
    assertEquals(State.CANCELLED, cancelled.state());
    assertEquals(waiting.attempts(), cancelled.attempts());
    Task late = after(waiting, TaskSamples.overdue(waiting), counted(0, Result.INCONCLUSIVE));
    assertEquals(State.TIMEOUT, late.state());
    assertEquals(waiting.attempts(), late.attempts());
  }

  private static Task failed(Task task) {
    return after(task, released(), acked(), started(), ended(2), counted(2, Result.FAILED, "b"));
  }

  private static Task again(Task task, Result result, String... failed) {
    ResultCounts counts = new ResultCounts(2 - failed.length, failed.length, 0, 0, 0, 0);
    return after(
        task,
        new TaskFact.Released("t2", "m2", at(20)),
        new TaskFact.Acked(2, "t2", "m2", at(21)),
        new TaskFact.Started(2, "t2", "m2", at(22)),
        new TaskFact.Ended(2, "t2", "m2", State.FINISHED, 1, false, null, at(23)),
        new TaskFact.Counted(2, 1, true, counts, result, TaskSamples.failing(failed), at(24)));
  }
}
