package io.cta.cli.watch;

import io.cta.cli.client.ApiClient;
import io.cta.cli.log.AttemptLogReader;
import io.cta.cli.log.TextDecoder;
import io.cta.domain.Task;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;

/**
 * Prints what the tests write, task by task, each attempt to its end, and then lets another
 * listener show the progress.
 */
public final class LogPrintingListener implements ExecutionFollower.Listener {
  private final ExecutionFollower.Listener next;
  private final ApiClient api;
  private final PrintWriter out;
  private final Map<String, AttemptLogReader> logs = new HashMap<>();

  public LogPrintingListener(ExecutionFollower.Listener next, ApiClient api, PrintWriter out) {
    this.next = next;
    this.api = api;
    this.out = out;
  }

  /** Prints the output as text, which it decodes anew for each attempt. */
  private final class TextSink implements AttemptLogReader.Sink {
    private TextDecoder decoder = new TextDecoder();

    @Override
    public void begins(int attempt) {
      decoder = new TextDecoder();
    }

    @Override
    public void piece(byte[] output) {
      out.print(decoder.decode(output));
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
    next.seen(followedExecution);
  }

  @Override
  public void lost(String reason) {
    next.lost(reason);
  }

  @Override
  public void back() {
    next.back();
  }
}
