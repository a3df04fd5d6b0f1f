package io.cta.cli.log;

import io.cta.cli.client.ApiClient;
import io.cta.domain.Attempt;
import io.cta.domain.Task;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Reads the output of a task's attempts, one after the other, each to its end before the next
 * begins. An attempt that no machine took has no output and is skipped.
 */
public final class AttemptLogReader {
  /** Takes the output. */
  public interface Sink {
    /** All output from now on is of this attempt. */
    void begins(int attempt);

    void piece(byte[] output);
  }

  private final ApiClient api;
  private final Sink sink;
  private int attempt;
  private LogTail tail;
  private boolean complete;

  /**
   * @param first the attempt to begin with; 0 for the first one there is
   */
  public AttemptLogReader(ApiClient api, int first, Sink sink) {
    this.api = api;
    this.sink = sink;
    this.attempt = first - 1;
  }

  /** Whether all that the task had written at the last read has been passed to the sink. */
  boolean complete() {
    return complete;
  }

  /**
   * Passes the output so far to the sink.
   *
   * @param task as it is now
   */
  public void read(Task task) {
    while (true) {
      if (tail != null && !tail.complete()) {
        tail.read((Consumer<byte[]>) sink::piece);
        if (!tail.complete()) {
          complete = false;
          return;
        }
      }
      OptionalInt next = numbers(task).filter(number -> number > attempt).min();
      if (next.isEmpty()) {
        complete = true;
        return;
      }
      attempt = next.getAsInt();
      tail = new LogTail(api, task.id(), attempt);
      sink.begins(attempt);
    }
  }

  private static IntStream numbers(Task task) {
    IntStream over = task.attempts().stream().mapToInt(Attempt::number);
    return IntStream.concat(over, IntStream.of(task.attempt())).filter(number -> number > 0);
  }
}
