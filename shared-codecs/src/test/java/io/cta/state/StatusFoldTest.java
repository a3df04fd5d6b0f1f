package io.cta.state;

import static io.cta.state.StatusSamples.failed;
import static io.cta.state.StatusSamples.in;
import static io.cta.state.StatusSamples.of;
import static io.cta.state.StatusSamples.ok;
import static io.cta.state.StatusSamples.skipped;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.Status;
import io.cta.domain.StatusSource;
import io.cta.domain.Task;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StatusFoldTest {
  private static final List<String> TESTS = List.of("a", "b");

  @Test
  void theHighestIndexOfACaseCounts() {
    assertSum(counts(1, 0), Result.OK, failed(1, 1, "a", "x"), ok(1, 2, "a", "x"));
    assertSum(counts(0, 1), Result.FAILED, failed(1, 2, "a", "x"), ok(1, 1, "a", "x"));
  }

  @Test
  void theWorstCaseDecides() {
    Status partial = of(1, 3, "b", null, Result.PARTIAL, false, StatusSource.API);
    Status unsure = of(1, 4, "b", "y", Result.INCONCLUSIVE, false, StatusSource.API);
    StatusSummary sum = sum(ok(1, 1, "a", "x"), ok(1, 2, "a", "y"), partial, unsure);
    assertEquals(Result.PARTIAL, sum.result());
    assertEquals(Map.of("a", Result.OK, "b", Result.PARTIAL), sum.tests());
    assertEquals(new ResultCounts(2, 0, 1, 1, 0, 0), sum.counts());
  }

  @Test
  void skipsWeighNothingAndNothingButSkipsIsInconclusive() {
    assertSum(
        new ResultCounts(1, 0, 0, 0, 1, 0), Result.OK, ok(1, 1, "a", "x"), skipped(1, 2, "a", "y"));
    assertSum(new ResultCounts(0, 0, 0, 0, 1, 0), Result.INCONCLUSIVE, skipped(1, 1, "a", "x"));
    StatusSummary both = sum(ok(1, 1, "a", "x"), skipped(1, 2, "b", "y"));
    assertEquals(Map.of("a", Result.OK, "b", Result.INCONCLUSIVE), both.tests());
    assertEquals(Result.INCONCLUSIVE, both.result());
  }

  @Test
  void noStatusIsInconclusive() {
    assertSum(ResultCounts.NONE, Result.INCONCLUSIVE);
  }

  @Test
  void theExitCodeCountsBesideTheReports() {
    Status exit = of(1, 9, "a", null, Result.FAILED, false, StatusSource.EXIT);
    assertSum(counts(1, 1), Result.FAILED, exit, ok(1, 1, "a", "x"));
  }

  @Test
  void twoCasesOfOneNameInTwoSuitesAreTwoCases() {
    assertSum(counts(1, 1), Result.FAILED, in("s1", failed(1, 1, "a", "x")), ok(1, 2, "a", "x"));
    assertSum(
        counts(1, 0), Result.OK, in("s", failed(1, 1, "a", "x")), in("s", ok(1, 2, "a", "x")));
  }

  @Test
  void whatItsFrameworkRanAgainIsFlaky() {
    Status again = StatusSamples.flaky(ok(1, 2, "a", "x"));
    assertSum(new ResultCounts(1, 0, 0, 0, 0, 1), Result.OK, failed(1, 1, "a", "x"), again);
  }

  @Test
  void anyReportReplacesTheServersPlaceholder() {
    Status none =
        of(1, Status.SERVER_INDEX, "a", null, Result.INCONCLUSIVE, false, StatusSource.SERVER);
    assertSum(new ResultCounts(0, 0, 1, 0, 0, 0), Result.INCONCLUSIVE, none);
    assertSum(counts(1, 0), Result.OK, none, ok(1, 1, "a", "x"));
    assertEquals(0, StatusFold.of(List.of(none)).received(1));
  }

  @Test
  void ofEachTestTheLastAttemptThatReportedItCountsAndHealedCasesAreFlaky() {
    assertSum(
        new ResultCounts(2, 0, 0, 0, 0, 1),
        Result.OK,
        ok(1, 1, "a", "x"),
        failed(1, 2, "b", "y"),
        ok(2, 1, "b", "y"));
    assertEquals(List.of("a"), sum(failed(1, 1, "a", "x"), ok(2, 1, "b", "y")).failedTestIds());
  }

  @Test
  void countsWhatCameAndNamesWhatDidNot() {
    StatusFold fold = new StatusFold();
    assertTrue(fold.add(ok(1, 1, "a", "x")));
    assertFalse(fold.add(ok(1, 1, "a", "x")));
    assertTrue(fold.add(ok(1, 2, "a", "x")));
    assertEquals(2, fold.received(1));
    assertTrue(fold.has(1, 2));
    assertFalse(fold.has(2, 1));
    Task first = TaskSamples.in(TaskPhase.RUNNING);
    assertEquals(List.of("b"), fold.missing(first));
    Task second = first.edit().attempt(2, "t2").done();
    assertEquals(TESTS, fold.missing(second));
    assertEquals(List.of("b"), fold.missing(second.edit().attemptTestIds(List.of("b")).done()));
    Task others = second.edit().attemptTestIds(List.of("a")).done();
    assertEquals(TESTS, fold.missing(others), "b was never reported in any attempt");
  }

  private static void assertSum(ResultCounts counts, Result result, Status... statuses) {
    StatusSummary sum = sum(statuses);
    assertEquals(counts, sum.counts());
    assertEquals(result, sum.result());
  }

  private static StatusSummary sum(Status... statuses) {
    return StatusFold.of(List.of(statuses)).sum(TESTS);
  }

  private static ResultCounts counts(int ok, int failed) {
    return new ResultCounts(ok, failed, 0, 0, 0, 0);
  }
}
