package io.cta.server.after;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.ExecutionChain;
import io.cta.domain.ExecutionSource;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.State;
import io.cta.error.ServiceFailure;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions are compiled and evaluated. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ConditionCompilerTest {
  private static final Execution FAILED =
      ExecutionBuilder.builder()
          .id("E")
          .scenarioName("nightly")
          .state(State.FINISHED)
          .result(Result.FAILED)
          .counts(new ResultCounts(7, 2, 1, 0, 4, 3))
          .source(new ExecutionSource(null, "main", "abc", null, null, null, null, null))
          .chain(new ExecutionChain("R", "P", 0, 2))
          .build();
  private static final Execution CANCELLED =
      ExecutionBuilder.builder()
          .id("C")
          .scenarioName("nightly")
          .state(State.CANCELLED)
          .result(Result.INCONCLUSIVE)
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "result != ok; true",
        "result == ok; false",
        "result == failed && state == finished; true",
        "result == 'failed'; true",
        "result in [partial, inconclusive]; false",
        "state == cancelled || state == timeout; false",
        "counts.failed > 1 && counts['skipped'] == 4; true",
        "counts.total == 14; true",
        "flaky == 3; true",
        "depth < 3; true",
        "branch == 'main' && scenario.startsWith('night'); true",
        "branch.matches('^(main|release/.*)$'); true",
        "previous == ok && changed; true",
        "recovered; false",
        "true; true",
      })
  void aConditionSeesTheExecutionAndTheOneBeforeIt(String condition, boolean holds) {
    ConditionFacts facts = new ConditionFacts(FAILED, Result.OK);
    assertEquals(holds, ConditionCompiler.holds("when", condition, facts));
  }

  @Test
  void withoutAnExecutionBeforeItNothingHasChanged() {
    ConditionFacts facts = new ConditionFacts(FAILED, null);
    assertTrue(ConditionCompiler.holds("when", "previous == '' && !changed && !recovered", facts));
  }

  @Test
  void cancelledExecutionsAndThoseWithoutASourceHaveConditionsToo() {
    ConditionFacts facts = new ConditionFacts(CANCELLED, Result.OK);
    assertTrue(
        ConditionCompiler.holds("when", "state == cancelled && branch == '' && depth == 0", facts));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "result = ok; line 1, column 8",
        "resul == ok; line 1, column 1",
        "result == ok &&; line 1, column",
        "result; line 1, column",
        "counts.failed; line 1, column",
        "counts.failed > 'x'; line 1, column 15",
        "[1, 2].exists(x, x > 1); line 1, column",
        "result.unknown(); line 1, column",
      })
  void aWrongConditionIsRefusedWithItsFieldAndPlace(String condition, String place) {
    ServiceFailure failure =
        assertThrows(
            ServiceFailure.class, () -> ConditionCompiler.check("after[1].when", condition));
    assertEquals("after[1].when", failure.field());
    assertTrue(failure.getMessage().contains(place), failure.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "counts.nothing > 1",
        "1 / (flaky - 3) > 0",
        "counts['x'] == 0",
        "branch.matches('[')",
        // would be a program of a thousand million steps
        "branch.matches('((a{1000}){1000}){1000}')",
        "branch.matches('((a' + '\\\\x7b1000}){1000}){1000}')",
      })
  void aConditionThatCannotBeEvaluatedSaysSo(String condition) {
    ConditionFacts facts = new ConditionFacts(FAILED, null);
    ConditionCompiler.check("after[0].when", condition);
    ServiceFailure failure =
        assertThrows(
            ServiceFailure.class, () -> ConditionCompiler.holds("after[0].when", condition, facts));
    assertEquals("after[0].when", failure.field());
    assertTrue(failure.getMessage().contains("cannot be evaluated"), failure.getMessage());
  }

  @Test
  void lengthAndNestingAreBounded() {
    String longest = "true || ".repeat(124) + "true";
    ConditionCompiler.check("when", longest);
    assertThrows(
        ServiceFailure.class, () -> ConditionCompiler.check("when", longest + " ".repeat(10)));
    assertThrows(
        ServiceFailure.class,
        () -> ConditionCompiler.check("when", "(".repeat(400) + "true" + ")".repeat(400)));
  }
}
