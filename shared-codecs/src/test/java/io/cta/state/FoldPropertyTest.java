package io.cta.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Result;
import io.cta.domain.State;
import io.cta.domain.Status;
import io.cta.domain.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any order and any duplication of the same facts gives the same state and result. */
@Timeout(60)
class FoldPropertyTest {
  private static final List<String> TESTS = List.of("a", "b", "c");
  private static final int RUNS = 400;
  private static final Task SECOND = TaskSamples.fresh(0, 0).edit().attempt(2, "t2").done();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void statusesSumUpTheSame(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      List<Status> statuses = StatusSamples.random(random, 1, TESTS);
      statuses.addAll(StatusSamples.random(random, 2, TESTS));
      StatusFold inOrder = StatusFold.of(statuses);
      StatusFold shuffled = StatusFold.of(StatusSamples.shuffledWithRepeats(random, statuses));
      String where = "seed " + seed + " run " + run;
      assertEquals(inOrder.sum(TESTS), shuffled.sum(TESTS), where);
      assertEquals(inOrder.received(1), shuffled.received(1), where);
      assertEquals(inOrder.missing(SECOND), shuffled.missing(SECOND), where);
      assertEquals(plainResult(statuses), shuffled.sum(TESTS).result(), where);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void aTaskEndsTheSame(long seed) {
    Random random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      List<Object> first = reports(random, 1);
      List<Object> second = reports(random, 2);
      Task expected = afterReports(first, second, List.of());
      Task shuffled =
          afterReports(
              StatusSamples.shuffledWithRepeats(random, first),
              StatusSamples.shuffledWithRepeats(random, second),
              StatusSamples.shuffledWithRepeats(random, first));
      String where = "seed " + seed + " run " + run;
      assertTrue(expected.state().terminal(), where);
      assertEquals(summary(expected), summary(shuffled), where);
    }
  }

  /** What an agent reports about an attempt: facts and statuses. */
  private static List<Object> reports(Random random, int attempt) {
    List<Status> statuses = StatusSamples.random(random, attempt, TESTS);
    String token = "t" + attempt;
    Instant at = TaskSamples.at(attempt * 100L);
    State end = random.nextInt(8) == 0 ? State.TIMEOUT : State.FINISHED;
    boolean infra = random.nextInt(4) == 0;
    List<Object> reports = new ArrayList<>(statuses);
    reports.add(0, new TaskFact.Acked(attempt, token, "m1", at));
    reports.add(1, new TaskFact.Started(attempt, token, "m1", at));
    reports.add(new TaskFact.Ended(attempt, token, "m1", end, statuses.size(), infra, null, at));
    return reports;
  }

  /** The task after all these reports, counted as the server does; late reports come last. */
  private static Task afterReports(List<Object> first, List<Object> second, List<Object> late) {
    StatusFold fold = new StatusFold();
    Task task = TaskSamples.fresh(1, 1);
    task = TaskSamples.after(task, new TaskFact.Released("t1", null, TaskSamples.at(1)));
    task = applied(task, fold, 1, first);
    if (task.state() == State.PENDING) {
      task = TaskSamples.after(task, new TaskFact.Released("t2", null, TaskSamples.at(150)));
      task = applied(task, fold, 2, second);
      task = applied(task, fold, 1, late);
    }
    return task.state().terminal() ? task : end(task);
  }

  /** Ends a task that a second infrastructure or test failure left waiting: no agent takes it. */
  private static Task end(Task task) {
    Task late = TaskSamples.after(task, TaskSamples.overdue(task));
    return TaskSamples.after(
        late,
        new TaskFact.Counted(
            late.attempt(),
            0,
            true,
            late.counts(),
            Result.INCONCLUSIVE,
            Map.of(),
            TaskSamples.at(9_001)));
  }

  private static Task applied(Task task, StatusFold fold, int attempt, List<Object> reports) {
    for (Object report : reports) {
      if (report instanceof Status status) {
        if (attempt == task.attempt()) {
          fold.add(status);
        }
      } else {
        task = next(task, (TaskFact) report);
      }
      StatusSummary sum = fold.sum(TESTS);
      int received = fold.received(task.attempt());
      Instant at = TaskSamples.at(attempt * 100L + 1);
      task =
          next(
              task,
              new TaskFact.Counted(
                  attempt, received, true, sum.counts(), sum.result(), sum.notOk(), at));
    }
    return task;
  }

  private static Task next(Task task, TaskFact fact) {
    return TaskStateMachine.apply(task, fact) instanceof TransitionOutcome.Moved moved
        ? moved.task()
        : task;
  }

  private static List<Object> summary(Task t) {
    return List.of(
        t.state(),
        t.result(),
        t.counts(),
        t.attemptTestIds(),
        t.attempts().stream().map(a -> List.of(a.number(), a.state(), a.result())).toList());
  }

  /** The rule of the result, written down once more in the plainest way. */
  private static Result plainResult(List<Status> statuses) {
    Map<String, Map<String, Status>> effective = new HashMap<>();
    statuses.stream()
        .sorted(Comparator.comparing(Status::attempt).thenComparing(Status::index))
        .filter(s -> s.attempt() == lastAttempt(statuses, s.testId()))
        .forEach(
            s -> effective.computeIfAbsent(s.testId(), k -> new HashMap<>()).put("" + s.name(), s));
    return effective.values().stream()
        .map(test -> plainResultOfTest(test.values()))
        .reduce(ResultSeverity::worst)
        .orElse(Result.INCONCLUSIVE);
  }

  private static Result plainResultOfTest(Collection<Status> cases) {
    return cases.stream()
        .filter(s -> !s.skipped())
        .map(Status::result)
        .reduce(ResultSeverity::worst)
        .orElse(Result.INCONCLUSIVE);
  }

  private static int lastAttempt(List<Status> statuses, String testId) {
    return statuses.stream()
        .filter(s -> s.testId().equals(testId))
        .mapToInt(Status::attempt)
        .max()
        .orElseThrow();
  }
}
