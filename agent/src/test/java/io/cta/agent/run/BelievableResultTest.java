package io.cta.agent.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.cta.agent.report.ReportTrouble;
import io.cta.domain.Result;
import io.cta.domain.RunMode;
import io.cta.domain.Stage;
import io.cta.domain.StageBuilder;
import io.cta.domain.StageScript;
import io.cta.domain.State;
import io.cta.domain.Status;
import io.cta.domain.StatusBuilder;
import io.cta.domain.StatusSource;
import io.cta.domain.Task;
import io.cta.domain.TaskBuilder;
import io.cta.state.StatusFold;
import io.cta.state.StatusSummary;
import io.cta.state.TaskFact;
import io.cta.state.TaskStateMachine;
import io.cta.state.TransitionOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whenever anything was not a success the task is not ok: for random reports, exit codes, troubles,
 * self-reports, lost machines and lost statuses.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class BelievableResultTest {
  private static final int RUNS = 5_000;
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final List<String> TESTS = List.of("a", "b", "c");
  private static final Stage STAGE = StageBuilder.builder().run(StageScript.of("x")).build();

  /** What happened to a task, and the statuses that its agent sends. */
  private static final class TaskHistory {
    private final List<Status> said = new ArrayList<>();
    private boolean good = true;
    private boolean lost;
    private boolean losesStatuses;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void nothingButSuccessIsOk(long seed) {
    Random random = new Random(seed);
    int ok = 0;
    for (int run = 0; run < RUNS; run++) {
      TaskHistory taskHistory = history(random);
      Result result = end(random, taskHistory);
      String where = "seed " + seed + " run " + run;
      if (taskHistory.good) {
        assertEquals(Result.OK, result, where);
        ok++;
      } else {
        assertNotEquals(Result.OK, result, where);
      }
    }
    assertNotEquals(0, ok);
  }

  private static TaskHistory history(Random random) {
    TaskHistory taskHistory = new TaskHistory();
    taskHistory.lost = random.nextInt(6) == 0;
    int reached = taskHistory.lost ? 1 + random.nextInt(TESTS.size()) : TESTS.size();
    for (int i = 0; i < reached; i++) {
      boolean brokeOff = taskHistory.lost && i == reached - 1;
      test(random, taskHistory, TESTS.get(i), brokeOff);
    }
    taskHistory.good &= !taskHistory.lost;
    return taskHistory;
  }

  private static void test(Random random, TaskHistory taskHistory, String test, boolean brokeOff) {
    boolean calm = random.nextInt(3) > 0; // else hardly any history would end well
    boolean api = random.nextInt(5) == 0;
    boolean declared = !api && random.nextBoolean();
    int cases = api ? 1 + random.nextInt(3) : declared ? random.nextInt(calm ? 5 : 4) : 0;
    int ran = 0;
    int failed = 0;
    for (int i = 0; i < cases; i++) {
      boolean skipped = random.nextInt(5) == 0;
      Result result =
          skipped
              ? Result.INCONCLUSIVE
              : calm || random.nextInt(4) > 0 ? Result.OK : Result.values()[random.nextInt(4)];
      say(
          taskHistory,
          test,
          "case" + i,
          result,
          skipped,
          api ? StatusSource.API : StatusSource.REPORT);
      ran += skipped ? 0 : 1;
      failed += result == Result.FAILED ? 1 : 0;
      taskHistory.good &= skipped || result == Result.OK;
    }
    taskHistory.good &= !declared && !api || ran > 0;
    if (brokeOff && random.nextBoolean()) {
      return; // the agent died before it added its own result
    }
    StageOutcome outcome = outcome(random, calm);
    List<ReportTrouble> troubles =
        declared && !calm && random.nextInt(4) == 0
            ? List.of(new ReportTrouble(ReportTrouble.TRUNCATED, "cut"))
            : List.of();
    ReportOutcome report =
        declared
            ? new ReportOutcome(true, cases > 0 ? 1 : 0, cases, ran, failed, troubles)
            : ReportOutcome.NONE;
    boolean keeps = api && outcome.kind() == StageOutcome.Kind.EXITED && !outcome.signalled();
    taskHistory.good &= (outcome.succeeded(STAGE) || keeps) && troubles.isEmpty();
    for (TestResult r :
        new ResultRules(List.of(STAGE), List.of(outcome), report, api, new RefusedResults())
            .results()) {
      say(taskHistory, test, r.name(), r.result(), false, r.source());
    }
  }

  private static StageOutcome outcome(Random random, boolean calm) {
    if (calm || random.nextBoolean()) {
      return StageOutcome.exited(0);
    }
    return switch (random.nextInt(5)) {
      case 0 -> StageOutcome.exited(1 + random.nextInt(127));
      case 1 -> StageOutcome.exited(129 + random.nextInt(30));
      case 2 -> StageOutcome.of(StageOutcome.Kind.TIMEOUT, "late");
      case 3 -> StageOutcome.of(StageOutcome.Kind.INTERRUPTED, "died");
      default -> StageOutcome.of(StageOutcome.Kind.NOT_STARTED, "no");
    };
  }

  private static void say(
      TaskHistory taskHistory,
      String test,
      String name,
      Result result,
      boolean skipped,
      StatusSource source) {
    int index = taskHistory.said.size() + 1;
    taskHistory.said.add(
        StatusBuilder.builder()
            .id("T.1." + index)
            .executionId("E")
            .taskId("T")
            .attempt(1)
            .testId(test)
            .testName(test)
            .name(name)
            .index(index)
            .result(result)
            .skipped(skipped)
            .source(source)
            .machineId("m")
            .machineName("m")
            .at(NOW)
            .build());
  }

  /** The server's side: the statuses that arrive, and those that it adds for missing ones. */
  private static Result end(Random random, TaskHistory taskHistory) {
    StatusFold fold = new StatusFold();
    List<Status> arrived = new ArrayList<>(taskHistory.said);
    if (taskHistory.lost) {
      arrived = arrived.subList(0, random.nextInt(arrived.size() + 1));
    } else if (random.nextInt(8) == 0 && !arrived.isEmpty()) {
      arrived.remove(random.nextInt(arrived.size()));
      taskHistory.losesStatuses = true;
      taskHistory.good = false;
    }
    arrived.forEach(fold::add);
    Task task = after(fresh(), new TaskFact.Released("k", "m", NOW));
    task = after(task, new TaskFact.Acked(1, "k", "m", NOW));
    task = after(task, new TaskFact.Started(1, "k", "m", NOW));
    task = ended(task, taskHistory);
    List<Status> standIns = new ArrayList<>();
    fold.missing(task).forEach(id -> standIns.add(standIn(id, null)));
    if (taskHistory.lost || taskHistory.losesStatuses) {
      fold.interrupted(task).forEach(id -> standIns.add(standIn(id, Status.INTERRUPTED)));
    }
    standIns.forEach(fold::add);
    StatusSummary sum = fold.sum(TESTS);
    int received = fold.received(1);
    task =
        after(
            task,
            new TaskFact.Counted(1, received, true, sum.counts(), sum.result(), sum.notOk(), NOW));
    assertEquals(State.FINISHED, task.state());
    return task.result();
  }

  private static Task ended(Task task, TaskHistory taskHistory) {
    if (taskHistory.lost) {
      return after(task, new TaskFact.Lost(1, "machineLost", NOW));
    }
    int count = taskHistory.said.size();
    Task ended =
        after(task, new TaskFact.Ended(1, "k", "m", State.FINISHED, count, false, null, NOW));
    Instant late = NOW.plusSeconds(3_600);
    return taskHistory.losesStatuses
        ? after(ended, new TaskFact.DeadlinePassed(ended.deadline(), late.plusSeconds(60), late))
        : ended;
  }

  private static Status standIn(String test, String name) {
    int index = Status.SERVER_INDEX + TESTS.indexOf(test) + (name == null ? 0 : TESTS.size());
    return StatusBuilder.builder()
        .id("T.1." + index)
        .executionId("E")
        .taskId("T")
        .attempt(1)
        .testId(test)
        .testName(test)
        .name(name)
        .index(index)
        .result(Result.INCONCLUSIVE)
        .source(StatusSource.SERVER)
        .reason("lost")
        .machineId("m")
        .machineName("m")
        .at(NOW)
        .build();
  }

  private static Task fresh() {
    return TaskBuilder.builder()
        .id("T")
        .executionId("E")
        .mode(RunMode.MONO)
        .testIds(TESTS)
        .attemptTestIds(TESTS)
        .state(State.PENDING)
        .createdAt(NOW)
        .build();
  }

  private static Task after(Task task, TaskFact fact) {
    return TaskStateMachine.apply(task, fact) instanceof TransitionOutcome.Moved moved
        ? moved.task()
        : task;
  }
}
