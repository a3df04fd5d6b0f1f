package io.cta.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.Status;
import io.cta.domain.StatusBuilder;
import io.cta.domain.StatusSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class StatusSelectionTest {
  private static final List<String> TESTS = List.of("b", "a");

  @Test
  void theHighestAttemptAndIndexCountInTheOrderOfTheTests() {
    StatusSelection all = new StatusSelection();
    all.add(status("a", 2, 2, "x", Result.OK));
    all.add(status("a", 1, 1, "x", Result.FAILED));
    all.add(status("a", 2, 1, "x", Result.FAILED));
    all.add(status("b", 1, 3, null, Result.OK));
    List<Status> counting = all.inOrder(TESTS);
    assertEquals(List.of("b", "a"), counting.stream().map(Status::testId).toList());
    assertEquals(2, counting.get(1).index());
    assertEquals(true, counting.get(1).flaky());
  }

  @Test
  void countsWhatTheFoldCountsInAnyOrderAndNumber() {
    Random random = new Random(20261129);
    for (int round = 0; round < 2_000; round++) {
      List<Status> statuses = new ArrayList<>();
      for (int attempt = 1; attempt <= 3; attempt++) {
        for (int index = 1; index <= random.nextInt(6); index++) {
          statuses.add(random(random, attempt, index));
        }
        if (random.nextInt(3) == 0) {
          statuses.add(placeholder(attempt));
        }
      }
      List<Status> mixed = new ArrayList<>(statuses);
      mixed.addAll(statuses);
      Collections.shuffle(mixed, random);
      StatusSelection effective = new StatusSelection();
      mixed.forEach(effective::add);
      StatusSummary expected = StatusFold.of(statuses).sum(TESTS);
      assertEquals(expected.counts(), counts(effective.inOrder(TESTS)), statuses::toString);
    }
  }

  private static ResultCounts counts(List<Status> statuses) {
    ResultCounts sum = ResultCounts.NONE;
    for (Status s : statuses) {
      boolean ok = s.result() == Result.OK && !s.skipped();
      sum =
          sum.plus(
              s.skipped()
                  ? new ResultCounts(0, 0, 0, 0, 1, 0)
                  : new ResultCounts(
                      ok ? 1 : 0,
                      s.result() == Result.FAILED ? 1 : 0,
                      s.result() == Result.INCONCLUSIVE ? 1 : 0,
                      s.result() == Result.PARTIAL ? 1 : 0,
                      0,
                      ok && s.flaky() ? 1 : 0));
    }
    return sum;
  }

  private static Status random(Random random, int attempt, int index) {
    String[] names = {null, "x", "y"};
    Status status =
        status(
            TESTS.get(random.nextInt(2)),
            attempt,
            index,
            names[random.nextInt(3)],
            Result.values()[random.nextInt(Result.values().length)]);
    return StatusBuilder.builder(status)
        .suite(random.nextInt(4) == 0 ? "s" : null)
        .skipped(random.nextInt(6) == 0)
        .build();
  }

  /** What the server writes for a test without a status. */
  private static Status placeholder(int attempt) {
    return StatusBuilder.builder(
            status("a", attempt, Status.SERVER_INDEX, null, Result.INCONCLUSIVE))
        .source(StatusSource.SERVER)
        .build();
  }

  private static Status status(String test, int attempt, int index, String name, Result result) {
    return StatusBuilder.builder()
        .id(Status.id("E-0", attempt, index))
        .taskId("E-0")
        .attempt(attempt)
        .testId(test)
        .name(name)
        .index(index)
        .result(result)
        .source(StatusSource.REPORT)
        .build();
  }
}
