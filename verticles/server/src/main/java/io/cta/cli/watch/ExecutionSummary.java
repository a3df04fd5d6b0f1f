package io.cta.cli.watch;

import io.cta.domain.AfterState;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionSource;
import io.cta.domain.ResultCounts;
import io.cta.domain.State;
import io.cta.domain.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Formats an execution that is over as lines for people. Pure. */
public final class ExecutionSummary {
  private static final int SHORT_COMMIT = 10;
  private static final int MAX_WARNINGS = 10;

  private ExecutionSummary() {}

  public static List<String> lines(FollowedExecution followedExecution) {
    Execution e = followedExecution.execution();
    List<String> lines = new ArrayList<>();
    lines.add(e.scenarioName() + ": " + outcome(e) + took(e));
    if (e.source() != null && e.source().commit() != null) {
      lines.add("  " + commit(e.source()));
    }
    lines.add("  " + ProgressFormatter.counts(e.counts()) + "; " + e.counts().total() + " in all");
    machines(followedExecution).forEach((name, text) -> lines.add("  " + name + ": " + text));
    for (Task task : followedExecution.tasks()) {
      // the results tell about tasks that finished
      if (task.state() != State.FINISHED || task.reason() != null) {
        lines.add("  " + ProgressFormatter.name(task) + ": " + ProgressFormatter.outcome(task));
      }
    }
    lines.addAll(warnings(followedExecution.tasks()));
    lines.addAll(afterwards(e));
    lines.add("  id " + e.id());
    return lines;
  }

  /** The first warnings of all tasks, such as files that were not kept or not pushed. */
  private static List<String> warnings(List<Task> tasks) {
    List<String> lines = new ArrayList<>();
    int all = 0;
    for (Task task : tasks) {
      for (String warning : task.warnings()) {
        if (all++ < MAX_WARNINGS) {
          lines.add("  " + ProgressFormatter.name(task) + ": warning: " + warning);
        }
      }
    }
    if (all > MAX_WARNINGS) {
      lines.add("  " + (all - MAX_WARNINGS) + " more warnings");
    }
    return lines;
  }

  /**
   * How the report to a forge and the handlers stand, which may go on after the execution's end.
   */
  private static List<String> afterwards(Execution e) {
    List<String> lines = new ArrayList<>();
    if (e.report() != null) {
      lines.add(then("report to " + e.report().forge(), e.report().state(), e.report().text()));
    }
    e.after().forEach(one -> lines.add(then(one.action(), one.state(), one.text())));
    return lines;
  }

  private static String then(String what, AfterState state, String text) {
    return "  then " + what + ": " + word(state) + (text == null ? "" : ", " + text);
  }

  private static String word(AfterState state) {
    if (state == null) {
      return "in a state that this version does not know";
    }
    return switch (state) {
      case WAITING, DUE -> "under way";
      case LOOP_CUT -> "loop cut off";
      default -> state.name().toLowerCase(Locale.ROOT);
    };
  }

  private static String outcome(Execution e) {
    String result = e.result() == null ? "no result" : e.result().wire();
    String state = e.state() == State.FINISHED ? result : e.state().wire() + ", " + result;
    return state + ProgressFormatter.why(e.reason(), e.message());
  }

  private static String commit(ExecutionSource s) {
    String commit = s.commit().substring(0, Math.min(SHORT_COMMIT, s.commit().length()));
    return "commit "
        + commit
        + (s.branch() == null ? "" : " of " + s.branch())
        + (s.subject() == null ? "" : ": " + s.subject());
  }

  private static String took(Execution e) {
    if (e.startedAt() == null || e.finishedAt() == null) {
      return "";
    }
    long ms = Duration.between(e.startedAt(), e.finishedAt()).toMillis();
    return String.format(Locale.ROOT, " in %.1f s", ms / 1000.0);
  }

  private static Map<String, String> machines(FollowedExecution followedExecution) {
    Map<String, List<Task>> byMachine =
        followedExecution.tasks().stream()
            .collect(
                Collectors.groupingBy(
                    followedExecution::machine, TreeMap::new, Collectors.toList()));
    Map<String, String> lines = new TreeMap<>();
    byMachine.forEach(
        (name, tasks) -> {
          ResultCounts sum =
              tasks.stream().map(Task::counts).reduce(ResultCounts.NONE, ResultCounts::plus);
          int tests = tasks.stream().mapToInt(task -> task.testIds().size()).sum();
          lines.put(
              name, tests + (tests == 1 ? " test, " : " tests, ") + ProgressFormatter.counts(sum));
        });
    return lines;
  }
}
