package io.cta.cli.watch;

import io.cta.domain.Execution;
import io.cta.domain.Result;
import io.cta.domain.ResultCounts;
import io.cta.domain.State;
import io.cta.domain.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Formats what changed between one view and the next as lines for people. In executions with many
 * tasks only those that did not end well get lines of their own.
 */
public final class ProgressFormatter {
  private static final int MAX_MESSAGE_CHARS = 200;

  private static final int MANY_TASKS = 200;

  private final Map<String, Task> before = new HashMap<>();
  private final Set<String> preparing = new HashSet<>();
  private Execution last;

  List<String> since(FollowedExecution followedExecution) {
    List<String> lines = new ArrayList<>();
    Execution now = followedExecution.execution();
    if (last == null || last.state() != now.state() && !now.state().terminal()) {
      lines.add(now.scenarioName() + " is " + now.state().wire());
    }
    if (now.waitReason() != null
        && !now.state().terminal()
        && (last == null || !Objects.equals(last.waitReason(), now.waitReason()))) {
      lines.add(now.scenarioName() + " waits: " + now.waitReason());
    }
    for (Task task : followedExecution.tasks()) {
      task(followedExecution, task, lines);
      before.put(task.id(), task);
    }
    last = now;
    return lines;
  }

  private void task(FollowedExecution followedExecution, Task task, List<String> lines) {
    Task was = before.get(task.id());
    String where = " on " + followedExecution.machine(task);
    boolean quiet = followedExecution.tasks().size() > MANY_TASKS;
    if (was != null && was.state() == task.state() && was.attempt() == task.attempt()) {
      if (task.state() == State.ACKED && !quiet && preparing.add(task.id() + task.attempt())) {
        lines.add(name(task) + " fetches its inputs" + where);
      }
      return;
    }
    if (task.state() == State.RUNNING && !quiet) {
      String again = task.attempt() > 1 ? ", attempt " + task.attempt() : "";
      lines.add(name(task) + " runs" + where + again);
    } else if (task.state().terminal() && !(quiet && task.result() == Result.OK)) {
      lines.add(name(task) + " " + outcome(task) + where + ": " + counts(task.counts()));
    } else if (task.state() == State.PENDING && was != null && was.attempt() > 0) {
      lines.add(name(task) + " is tried again: " + whyAgain(task));
    }
  }

  /** An attempt that no machine took leaves nothing but the task's own reason. */
  private static String whyAgain(Task task) {
    int over = task.attempts().size();
    String reason = over == 0 ? task.reason() : task.attempts().get(over - 1).reason();
    return Objects.requireNonNullElse(reason, "no machine had taken it");
  }

  /** The name of the only test of the task, or how many it has. */
  static String name(Task task) {
    return task.testIds().size() == 1
        ? task.testIds().get(0)
        : "task " + task.ordinal() + " (" + task.testIds().size() + " tests)";
  }

  static String outcome(Task task) {
    String result = task.result() == null ? "" : task.result().wire();
    String end = task.state() == State.FINISHED ? result : task.state().wire() + " " + result;
    return (end + why(task.reason(), task.message())).strip();
  }

  /** The reason in parentheses, with the first line of the message; empty without a reason. */
  static String why(String reason, String message) {
    if (reason == null) {
      return "";
    }
    String first = message == null ? "" : firstLine(message);
    return " (" + reason + (first.isEmpty() ? "" : ": " + first) + ")";
  }

  public static String counts(ResultCounts counts) {
    StringBuilder out = new StringBuilder();
    append(out, counts.ok(), "ok");
    append(out, counts.failed(), "failed");
    append(out, counts.partial(), "partial");
    append(out, counts.inconclusive(), "inconclusive");
    append(out, counts.skipped(), "skipped");
    append(out, counts.flaky(), "flaky");
    return out.isEmpty() ? "no results" : out.toString();
  }

  private static void append(StringBuilder out, int count, String word) {
    if (count > 0) {
      out.append(out.isEmpty() ? "" : ", ").append(count).append(' ').append(word);
    }
  }

  private static String firstLine(String message) {
    String first = message.strip().lines().findFirst().orElse("");
    return first.length() <= MAX_MESSAGE_CHARS
        ? first
        : first.substring(0, MAX_MESSAGE_CHARS) + "…";
  }
}
