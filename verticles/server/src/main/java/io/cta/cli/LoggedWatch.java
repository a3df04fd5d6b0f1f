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
  private final Map<String, LogTail> tails = new HashMap<>();

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
        LogTail tail = tails.computeIfAbsent(key, k -> new LogTail(api, task.id(), task.attempt()));
        if (!tail.complete()) {
          tail.print(out);
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
