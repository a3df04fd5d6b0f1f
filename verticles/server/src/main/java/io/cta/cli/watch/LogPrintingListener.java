package io.cta.cli.watch;

import io.cta.cli.client.ApiClient;
import io.cta.cli.log.AttemptLogReader;
import io.cta.cli.log.TextDecoder;
import io.cta.domain.Task;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;

/** Shows a watch with what the tests write, task by task, each attempt to its end. */
public final class LogPrintingListener implements ExecutionFollower.Listener {
  private final ExecutionFollower.Listener shown;
  private final ApiClient api;
  private final PrintWriter out;
  private final Map<String, AttemptLogReader> logs = new HashMap<>();

  public LogPrintingListener(ExecutionFollower.Listener shown, ApiClient api, PrintWriter out) {
    this.shown = shown;
    this.api = api;
    this.out = out;
  }

  /** Makes text of the output; of each attempt anew. */
  private final class TextSink implements AttemptLogReader.Sink {
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
  public void seen(FollowedExecution followedExecution) {
    for (Task task : followedExecution.tasks()) {
      if (task.attempt() > 0) {
        logs.computeIfAbsent(task.id(), id -> new AttemptLogReader(api, 0, new TextSink()))
            .read(task);
        out.flush();
      }
    }
    shown.seen(followedExecution);
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
