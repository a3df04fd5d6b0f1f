package io.cta.cli;

import io.cta.domain.State;
import io.cta.domain.Task;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;

/** Shows a watch with what the tests write, task by task. */
final class LoggedWatch implements Watch.Listener {
  private final Watch.Listener shown;
  private final Api api;
  private final PrintWriter out;
  private final Map<String, TaskLog> logs = new HashMap<>();

  /** The output of one attempt, and what turns it into text. */
  private record TaskLog(LogTail tail, TextDecoder text) {}

  LoggedWatch(Watch.Listener shown, Api api, PrintWriter out) {
    this.shown = shown;
    this.api = api;
    this.out = out;
  }

  @Override
  public void seen(Look look) {
    for (Task task : look.tasks()) {
      if (task.attempt() > 0 && task.state() != State.PENDING) {
        String key = task.id() + "." + task.attempt();
        TaskLog log =
            logs.computeIfAbsent(
                key,
                k -> new TaskLog(new LogTail(api, task.id(), task.attempt()), new TextDecoder()));
        if (!log.tail().complete()) {
          log.tail().read(piece -> out.print(log.text().decode(piece)));
          out.flush();
        }
      }
    }
    shown.seen(look);
  }

  @Override
  public void lost(String reason) {
    shown.lost(reason);
  }

  @Override
  public void back() {
    shown.back();
  }
}
