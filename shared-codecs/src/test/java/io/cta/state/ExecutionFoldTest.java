package io.cta.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.cta.domain.AfterHandler;
import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterStart;
import io.cta.domain.Attempt;
import io.cta.domain.AttemptBuilder;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.RunMode;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.domain.TaskBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ExecutionFoldTest {
  @Test
  void isPendingUntilOneIsTakenAndRunningOnceOneHasStarted() {
    Task waiting = TaskSamples.in(TaskPhase.WAITING);
    assertEquals(
        State.PENDING, fold(2, waiting, nth(1, TaskSamples.in(TaskPhase.RELEASED))).state());
    assertEquals(State.ACKED, fold(2, waiting, nth(1, TaskSamples.in(TaskPhase.ACKED))).state());
    Execution running = fold(2, waiting, nth(1, TaskSamples.in(TaskPhase.RUNNING)));
    assertEquals(State.RUNNING, running.state());
    assertEquals(TaskSamples.at(3), running.startedAt());
    assertEquals(TaskSamples.at(3 + 7200 + 10), running.deadline());
  }

  @Test
  void doesNotFallBackToPendingBetweenTasks() {
    Execution after =
        fold(2, TaskSamples.in(TaskPhase.OVER), nth(1, TaskSamples.in(TaskPhase.WAITING)));
    assertEquals(State.RUNNING, after.state());
    assertEquals(1, after.tasksDone());
    assertNull(after.result());
    Attempt lost =
        AttemptBuilder.builder()
            .number(1)
            .machineId("m")
            .startedAt(TaskSamples.at(1))
            .endedAt(TaskSamples.at(2))
            .state(State.FINISHED)
            .result(Result.OK)
            .infra(true)
            .build();
    Task again = TaskSamples.in(TaskPhase.WAITING).edit().over(lost).done();
    assertEquals(State.RUNNING, fold(1, again).state());
  }

  @Test
  void oneTasksTimeoutDoesNotEndTheOthers() {
    Execution open =
        fold(2, ended(State.TIMEOUT, Result.INCONCLUSIVE), TaskSamples.in(TaskPhase.RUNNING));
    assertEquals(State.RUNNING, open.state());
    assertFalse(open.state().terminal());
  }

  @Test
  void cancelledWeighsMoreThanTimeoutAndThatMoreThanFinished() {
    Task ok = ended(State.FINISHED, Result.OK);
    Task late = nth(1, ended(State.TIMEOUT, Result.OK));
    Task cancelled = nth(2, ended(State.CANCELLED, Result.OK));
    assertEquals(State.FINISHED, fold(1, ok).state());
    assertEquals(State.TIMEOUT, fold(2, ok, late).state());
    assertEquals(State.CANCELLED, fold(3, ok, late, cancelled).state());
  }

  @Test
  void theWriteThatEndsAnExecutionMarksItForItsHandlersIfItHasAny() {
    Task ok = ended(State.FINISHED, Result.OK);
    assertNull(fold(1, ok).afterDue());
    AfterHandler handler =
        new AfterHandler(null, null, null, new AfterStart("s", null, null), null, null, null);
    Execution handled =
        ExecutionBuilder.builder(execution(true, 2))
            .after(AfterOutcome.waiting(List.of(handler)))
            .build();
    Execution open =
        ExecutionFold.fold(handled, List.of(ok, nth(1, TaskSamples.in(TaskPhase.RUNNING))));
    assertNull(open.afterDue());
    Execution over = ExecutionFold.fold(open, List.of(ok, nth(1, ended(State.CANCELLED, null))));
    assertEquals(over.finishedAt(), over.afterDue());
    Execution carriedOut = ExecutionBuilder.builder(over).afterDue(null).build();
    Task failed = nth(1, ended(State.CANCELLED, Result.FAILED));
    Execution corrected = ExecutionFold.fold(carriedOut, List.of(ok, failed));
    assertEquals(Result.FAILED, corrected.result());
    assertNull(corrected.afterDue());
  }

  @Test
  void theWorstResultWins() {
    Task ok = ended(State.FINISHED, Result.OK);
    Task unsure = nth(1, ended(State.FINISHED, Result.INCONCLUSIVE));
    Task partial = nth(2, ended(State.FINISHED, Result.PARTIAL));
    Task failed = nth(3, ended(State.FINISHED, Result.FAILED));
    assertEquals(Result.OK, fold(1, ok).result());
    assertEquals(Result.INCONCLUSIVE, fold(2, ok, unsure).result());
    assertEquals(Result.PARTIAL, fold(3, ok, unsure, partial).result());
    assertEquals(Result.FAILED, fold(4, failed, partial, unsure, ok).result());
  }

  @Test
  void aTaskOfWhichNothingRanIsNoSuccess() {
    Task ok = ended(State.FINISHED, Result.OK);
    Task skips =
        nth(1, ended(State.FINISHED, Result.INCONCLUSIVE))
            .edit()
            .counts(new ResultCounts(0, 0, 0, 0, 3, 0))
            .done();
    assertEquals(Result.INCONCLUSIVE, fold(2, ok, skips).result());
    assertEquals(Result.INCONCLUSIVE, fold(1, skips).result());
  }

  @Test
  void endsOnlyWhenAllPlannedTasksAreThere() {
    Task done = TaskSamples.in(TaskPhase.OVER);
    assertFalse(fold(2, done).state().terminal());
    assertFalse(ExecutionFold.fold(execution(false, 1), List.of(done)).state().terminal());
    Execution over = fold(1, done);
    assertEquals(State.FINISHED, over.state());
    assertEquals(done.finishedAt(), over.finishedAt());
    assertNull(over.deadline());
    assertEquals(over, ExecutionFold.fold(over, List.of()));
  }

  @Test
  void whatIsOverFollowsATaskThatWasCountedAgain() {
    Task ok = ended(State.FINISHED, Result.OK);
    Task lost =
        nth(1, ended(State.FINISHED, Result.INCONCLUSIVE)).edit().reason("machineLost").done();
    Execution over = fold(2, ok, lost);
    Task corrected =
        lost.edit().result(Result.OK).counts(new ResultCounts(1, 0, 0, 0, 0, 0)).done();
    Execution after = ExecutionFold.fold(over, List.of(ok, corrected));
    assertEquals(Result.OK, after.result());
    assertEquals(1, after.counts().ok());
    assertNull(after.reason());
    assertEquals(State.FINISHED, after.state());
    assertEquals(over.finishedAt(), after.finishedAt());
    assertSame(over, ExecutionFold.fold(over, List.of(ok, lost)));
    assertSame(over, ExecutionFold.fold(over, List.of(corrected)));
  }

  @Test
  void saysWhyFromTheTaskThatDecided() {
    Task ok = ended(State.FINISHED, Result.OK);
    Task none =
        nth(1, ended(State.FINISHED, Result.INCONCLUSIVE))
            .edit()
            .reason("noMatchingMachine")
            .done();
    assertEquals("noMatchingMachine", fold(2, ok, none).reason());
    Task waits = TaskSamples.in(TaskPhase.WAITING).edit().waitReason("no free slot").done();
    assertEquals("no free slot", fold(2, ok, nth(1, waits)).waitReason());
  }

  @Test
  void answersTheSameInstanceWhenNothingChanged() {
    Execution once = fold(1, TaskSamples.in(TaskPhase.RUNNING));
    assertSame(once, ExecutionFold.fold(once, List.of(TaskSamples.in(TaskPhase.RUNNING))));
  }

  @Test
  void theOrderOfTasksDoesNotMatter() {
    Random random = new Random(4);
    for (int run = 0; run < 1_000; run++) {
      List<Task> tasks = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Task task =
            random.nextBoolean()
                ? TaskSamples.in(TaskPhase.values()[random.nextInt(7)])
                : ended(State.values()[3 + random.nextInt(3)], Result.values()[random.nextInt(4)]);
        tasks.add(nth(i, task.edit().reason("r" + random.nextInt(3)).done()));
      }
      Execution inOrder = ExecutionFold.fold(execution(true, 6), tasks);
      java.util.Collections.shuffle(tasks, random);
      assertEquals(inOrder, ExecutionFold.fold(execution(true, 6), tasks), "run " + run);
    }
  }

  private static Execution fold(int taskCount, Task... tasks) {
    return ExecutionFold.fold(execution(true, taskCount), List.of(tasks));
  }

  private static Task ended(State state, Result result) {
    return TaskSamples.in(TaskPhase.WAITING)
        .edit()
        .state(state)
        .result(result)
        .finishedAt(TaskSamples.at(50))
        .done();
  }

  private static Task nth(int ordinal, Task t) {
    return TaskBuilder.builder(t)
        .id("E-" + ordinal)
        .executionId("E")
        .ordinal(ordinal)
        .mode(RunMode.PARALLEL)
        .attemptTestIds(null)
        .bound(false)
        .priority(0)
        .group(null)
        .floor(null)
        .retries(0)
        .infraRetries(0)
        .pending(null)
        .running(null)
        .build();
  }

  private static Execution execution(boolean planned, int taskCount) {
    return ExecutionBuilder.builder()
        .id("E")
        .scenarioId("S")
        .scenarioName("nightly")
        .running(Duration.ofHours(2))
        .mode(RunMode.PARALLEL)
        .state(State.PENDING)
        .requestedBy("ann")
        .requestedAt(TaskSamples.T0)
        .planned(planned)
        .taskCount(taskCount)
        .build();
  }
}
