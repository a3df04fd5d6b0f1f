package io.cta.state;

import io.cta.domain.Result;
import io.cta.domain.Status;
import io.cta.domain.StatusBuilder;
import io.cta.domain.StatusSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Statuses for the tests of folds. */
final class StatusSamples {
  private StatusSamples() {}

  static Status ok(int attempt, int index, String test, String name) {
    return of(attempt, index, test, name, Result.OK, false, StatusSource.REPORT);
  }

  static Status failed(int attempt, int index, String test, String name) {
    return of(attempt, index, test, name, Result.FAILED, false, StatusSource.REPORT);
  }

  static Status skipped(int attempt, int index, String test, String name) {
    return of(attempt, index, test, name, Result.INCONCLUSIVE, true, StatusSource.REPORT);
  }

  static Status of(
      int attempt,
      int index,
      String test,
      String name,
      Result result,
      boolean skipped,
      StatusSource source) {
    return StatusBuilder.builder()
        .id(Status.id("E-0", attempt, index))
        .executionId("E")
        .taskId("E-0")
        .attempt(attempt)
        .testId(test)
        .testName(test)
        .name(name)
        .index(index)
        .result(result)
        .skipped(skipped)
        .source(source)
        .machineId("m1")
        .machineName("one")
        .at(TaskSamples.T0)
        .build();
  }

  /** The same, in a suite of the report. */
  static Status in(String suite, Status s) {
    return copy(s, suite, s.flaky());
  }

  static Status flaky(Status s) {
    return copy(s, s.suite(), true);
  }

  private static Status copy(Status s, String suite, boolean flaky) {
    return StatusBuilder.builder(s).suite(suite).flaky(flaky).build();
  }

  /** Up to 40 statuses of one attempt with indexes from 1, of random tests, cases and results. */
  static List<Status> random(Random random, int attempt, List<String> tests) {
    List<Status> out = new ArrayList<>();
    int count = random.nextInt(40);
    for (int index = 1; index <= count; index++) {
      StatusSource source = StatusSource.values()[random.nextInt(4)];
      String name = random.nextInt(3) == 0 ? null : "case" + random.nextInt(5);
      Result result = Result.values()[random.nextInt(4)];
      String test = tests.get(random.nextInt(tests.size()));
      boolean skipped = random.nextInt(6) == 0;
      out.add(of(attempt, index, test, name, result, skipped, source));
    }
    return out;
  }

  /** The same things in another order, some of them several times. */
  static <T> List<T> shuffledWithRepeats(Random random, List<T> things) {
    List<T> out = new ArrayList<>(things);
    for (T thing : things) {
      if (random.nextInt(3) == 0) {
        out.add(thing);
      }
    }
    Collections.shuffle(out, random);
    return out;
  }
}
