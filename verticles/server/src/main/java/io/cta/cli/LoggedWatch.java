package io.cta.cli;

import io.cta.domain.Task;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;

/** Shows a watch with what the tests write, task by task, each attempt to its end. */
final class LoggedWatch implements Watch.Listener {
  private final Watch.Listener shown;
  private final Api api;
  private final PrintWriter out;
  private final Map<String, AttemptLogs> logs = new HashMap<>();

  LoggedWatch(Watch.Listener shown, Api api, PrintWriter out) {
    this.shown = shown;
    this.api = api;
    this.out = out;
  }

  /** Makes text of the output; of each attempt anew. */
  private final class Text implements AttemptLogs.Sink {
    private TextDecoder text = new TextDecoder();

    @Override
    public void begins(int attempt) {
      text = new TextDecoder();
    }

    @Override
    public void piece(byte[] output) {
      out.print(text.decode(output));
    }
  }

  @Override
  public void seen(Look look) {
    for (Task task : look.tasks()) {
      if (task.attempt() > 0) {
        logs.computeIfAbsent(task.id(), id -> new AttemptLogs(api, 0, new Text())).read(task);
        out.flush();
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
