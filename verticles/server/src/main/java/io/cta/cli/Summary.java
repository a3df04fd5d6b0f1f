package io.cta.cli;

import io.cta.domain.Counts;
import io.cta.domain.Execution;
import io.cta.domain.State;
import io.cta.domain.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An execution that is over, as lines for people. Pure. */
final class Summary {
  private Summary() {}

  static List<String> lines(Look look) {
    Execution e = look.execution();
    List<String> lines = new ArrayList<>();
    lines.add(e.scenarioName() + ": " + outcome(e) + took(e));
    lines.add("  " + News.counts(e.counts()) + "; " + e.counts().total() + " in all");
    machines(look).forEach((name, text) -> lines.add("  " + name + ": " + text));
    for (Task task : look.tasks()) {
      // what finished is said by its results
      if (task.state() != State.FINISHED || task.reason() != null) {
        lines.add("  " + News.name(task) + ": " + News.outcome(task));
      }
    }
    lines.add("  id " + e.id());
    return lines;
  }

  private static String outcome(Execution e) {
    String result = e.result() == null ? "no result" : e.result().wire();
    String state = e.state() == State.FINISHED ? result : e.state().wire() + ", " + result;
    return state + News.why(e.reason(), e.message());
  }

  private static String took(Execution e) {
    if (e.startedAt() == null || e.finishedAt() == null) {
      return "";
    }
    long ms = Duration.between(e.startedAt(), e.finishedAt()).toMillis();
    return String.format(java.util.Locale.ROOT, " in %.1f s", ms / 1000.0);
  }

  private static Map<String, String> machines(Look look) {
    Map<String, List<Task>> byMachine =
        look.tasks().stream()
            .collect(Collectors.groupingBy(look::machine, TreeMap::new, Collectors.toList()));
    Map<String, String> lines = new TreeMap<>();
    byMachine.forEach(
        (name, tasks) -> {
          Counts sum = tasks.stream().map(Task::counts).reduce(Counts.NONE, Counts::plus);
          int tests = tasks.stream().mapToInt(task -> task.testIds().size()).sum();
          lines.put(name, tests + (tests == 1 ? " test, " : " tests, ") + News.counts(sum));
        });
    return lines;
  }
}
