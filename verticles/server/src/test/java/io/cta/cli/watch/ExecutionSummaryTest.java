package io.cta.cli.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterState;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionBuilder;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.State;
import io.cta.domain.Task;
import io.cta.domain.TaskBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people are told of an execution that is over. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ExecutionSummaryTest {
  @Test
  void warningsAreShownAlthoughAllIsOk() {
    List<String> lines = lines(List.of("output s3://b/ not pushed: 0 of 2 files pushed"));
    assertTrue(
        lines.stream()
            .anyMatch(l -> l.endsWith(": warning: output s3://b/ not pushed: 0 of 2 files pushed")),
        lines.toString());
  }

  @Test
  void ofManyWarningsOnlyTheFirstAreShownAndTheRestIsCounted() {
    List<String> lines = lines(IntStream.range(0, 14).mapToObj(i -> "w" + i).toList());
    assertEquals(10, lines.stream().filter(l -> l.contains(": warning: w")).count());
    assertTrue(lines.contains("  4 more warnings"), lines.toString());
  }

  @Test
  void whatHappensAfterwardsIsShownAsFarAsItIs() {
    List<AfterOutcome> after =
        List.of(
            outcome(0, "start", AfterState.DONE, "started 01X of deploy"),
            outcome(1, "notify", AfterState.SENDING, "told 0 of 1"),
            outcome(2, "notify", AfterState.WAITING, null),
            outcome(3, "start", AfterState.LOOP_CUT, "8 before it"));
    assertEquals(
        List.of(
            "  then start: done, started 01X of deploy",
            "  then notify: sending, told 0 of 1",
            "  then notify: under way",
            "  then start: loop cut off, 8 before it"),
        lines(List.of(), after).stream().filter(l -> l.startsWith("  then ")).toList());
  }

  private static AfterOutcome outcome(int n, String action, AfterState state, String text) {
    return new AfterOutcome(n, action, state, text, null, null, List.of(), null);
  }

  private static List<String> lines(List<String> warnings) {
    return lines(warnings, List.of());
  }

  private static List<String> lines(List<String> warnings, List<AfterOutcome> after) {
    Execution execution =
        ExecutionBuilder.builder()
            .after(after)
            .id("e")
            .scenarioName("nightly")
            .state(State.FINISHED)
            .result(Result.OK)
            .counts(ResultCounts.NONE)
            .build();
    Task task =
        TaskBuilder.builder()
            .id("t")
            .executionId("e")
            .state(State.FINISHED)
            .counts(ResultCounts.NONE)
            .testIds(List.of("a"))
            .warnings(warnings)
            .build();
    return ExecutionSummary.lines(new FollowedExecution(execution, List.of(task), Map.of()));
  }
}
