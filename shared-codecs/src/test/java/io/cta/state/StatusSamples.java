package io.cta.state;

import io.cta.domain.Result;
import io.cta.domain.Status;
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
    return new Status(
        Status.id("E-0", attempt, index),
        "E",
        "E-0",
        attempt,
        test,
        test,
        name,
        index,
        result,
        skipped,
        source,
        null,
        null,
        null,
        null,
        "m1",
        "one",
        TaskSamples.T0,
        null);
  }

  /** The same, as a report has it in a suite. */
  static Status in(String suite, Status s) {
    return copy(s, suite, s.flaky());
  }

  static Status flaky(Status s) {
    return copy(s, s.suite(), true);
  }

  private static Status copy(Status s, String suite, boolean flaky) {
    return new Status(
        s.id(),
        s.executionId(),
        s.taskId(),
        s.attempt(),
        s.testId(),
        s.testName(),
        s.name(),
        s.index(),
        s.result(),
        s.skipped(),
        s.source(),
        s.reason(),
        s.message(),
        s.description(),
        s.durationMs(),
        s.machineId(),
        s.machineName(),
        s.at(),
        s.custom(),
        suite,
        flaky,
        s.details());
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
  static <T> List<T> shaken(Random random, List<T> things) {
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
