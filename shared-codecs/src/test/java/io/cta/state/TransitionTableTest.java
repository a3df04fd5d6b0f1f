package io.cta.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.State;
import io.cta.domain.Task;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Every fact, of the task's current attempt, in every phase: moved, ignored or refused. */
@Timeout(20)
class TransitionTableTest {
  private static final String TABLE =
      """
      fact            WAITING RELEASED ACKED RUNNING CANCELLING ENDED OVER
      Released        M       R        R     R       R          R     R
      Withdrawn       I       M        R     R       R          R     R
      Declined        R       M        R     R       R          I     I
      Waiting         M       M        I     I       I          I     I
      Acked           R       M        I     I       I          I     I
      Started         R       M        M     I       I          I     I
      Ended           R       M        M     M       M          I     I
      Lost            R       R        M     M       M          I     I
      Counted         I       M        M     M       M          M     I
      Recounted       I       I        I     I       I          I     M
      CancelRequested M       M        M     M       I          M     I
      DeadlinePassed  M       M        M     M       M          M     I
      DeadlineMoved   M       M        M     M       M          M     I
      Suspended       I       I        I     I       I          I     I
      """;

  private static final Map<String, String> VERBS =
      Map.of(
          "Released", "released",
          "Withdrawn", "withdrawn",
          "Declined", "declined",
          "Acked", "acked",
          "Started", "running",
          "Ended", "ended",
          "Lost", "lost");

  @TestFactory
  Stream<DynamicTest> everyFactInEveryPhase() {
    List<String> lines = TABLE.lines().toList();
    String[] phases = lines.get(0).split(" +");
    return lines.stream()
        .skip(1)
        .map(line -> line.split(" +"))
        .flatMap(
            cells ->
                Stream.iterate(1, i -> i < cells.length, i -> i + 1)
                    .map(i -> one(cells[0], TaskPhase.valueOf(phases[i]), cells[i])));
  }

  @Test
  void theTableOfThisTestNamesEveryFact() {
    assertEquals(facts(TaskFact.class).count(), TABLE.lines().count() - 1);
  }

  private static Stream<Class<?>> facts(Class<?> type) {
    return type.isInterface()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(TransitionTableTest::facts).distinct()
        : Stream.of(type);
  }

  private static DynamicTest one(String name, TaskPhase phase, String expected) {
    return dynamicTest(
        name + " while " + phase + " is " + expected, () -> check(name, phase, expected));
  }

  private static void check(String name, TaskPhase phase, String expected) {
    Task task = TaskSamples.in(phase);
    assertEquals(phase, TaskPhase.of(task));
    TransitionOutcome step = TaskStateMachine.apply(task, fact(name, task));
    switch (expected) {
      case "M" -> assertTrue(step instanceof TransitionOutcome.Moved, step::toString);
      case "I" -> assertTrue(step instanceof TransitionOutcome.Ignored, step::toString);
      default -> {
        assertTrue(step instanceof TransitionOutcome.Refused, step::toString);
        String why = ((TransitionOutcome.Refused) step).why();
        assertTrue(why.contains("is " + TaskPhase.wordOf(task)), why);
        assertTrue(why.contains("cannot be " + VERBS.get(name)), why);
      }
    }
  }

  private static TaskFact fact(String name, Task task) {
    Instant now = TaskSamples.at(9_000);
    int attempt = task.attempt();
    return switch (name) {
      case "Released" -> new TaskFact.Released("t2", null, now);
      case "Withdrawn" -> new TaskFact.Withdrawn(attempt, task.token(), "machineOffline", now);
      case "Declined" -> new TaskFact.Declined(attempt, "t1", "m1", "noSlot", now);
      case "Waiting" -> new TaskFact.Waiting("no free machine", now);
      case "Acked" -> new TaskFact.Acked(attempt, "t1", "m1", now);
      case "Started" -> new TaskFact.Started(attempt, "t1", "m1", now);
      case "Ended" -> new TaskFact.Ended(attempt, "t1", "m1", State.FINISHED, 2, false, null, now);
      case "Lost" -> new TaskFact.Lost(attempt, "machineLost", now);
      case "Counted" ->
          new TaskFact.Counted(
              attempt, 1, true, new ResultCounts(1, 0, 0, 0, 0, 0), Result.OK, Map.of(), now);
      case "Recounted" ->
          new TaskFact.Recounted(
              attempt, new ResultCounts(0, 7, 0, 0, 0, 0), Result.FAILED, Map.of(), now);
      case "CancelRequested" -> new TaskFact.CancelRequested(now.plusSeconds(9), now);
      case "DeadlinePassed" -> TaskSamples.overdue(task);
      case "DeadlineMoved" -> new TaskFact.DeadlineMoved(now.plusSeconds(7), now);
      case "Suspended" -> new TaskFact.Suspended(attempt, "m1", now);
      default -> throw new AssertionError(name);
    };
  }
}
