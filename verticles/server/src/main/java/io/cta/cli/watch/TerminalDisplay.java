package io.cta.cli.watch;

import io.cta.domain.Execution;
import io.cta.domain.State;
import io.cta.domain.Task;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Shows the progress of an execution: a line for each change and, on a terminal, below them one
 * line that is always up to date: time, tasks, counts, and which machine does what. Elsewhere that
 * line is written when nothing else was for half a minute, since a silent job looks like one that
 * hangs.
 */
public final class TerminalDisplay implements ExecutionFollower.Listener {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final String CLEAR_LINE = "\r\u001b[K";

  private static final Duration QUIET = Duration.ofSeconds(30);

  private final PrintWriter out;
  private final boolean live;
  private final int width;
  private final LongSupplier nanos;
  private final ProgressFormatter progressFormatter = new ProgressFormatter();
  private long lastLine;

  /**
   * @param nanos a clock that nobody sets, in nanoseconds
   */
  TerminalDisplay(PrintWriter out, boolean live, int width, LongSupplier nanos) {
    this.out = out;
    this.live = live;
    this.width = width;
    this.nanos = nanos;
    lastLine = nanos.getAsLong();
  }

  public static TerminalDisplay real(PrintWriter out) {
    boolean live = isLive(System.getenv(), () -> StandardStreams.isTerminal(1));
    return new TerminalDisplay(out, live, columns(System.getenv("COLUMNS")), System::nanoTime);
  }

  /** Whether a line may be written over; {@code CTA_TTY} says it whatever the output is. */
  static boolean isLive(Map<String, String> env, BooleanSupplier terminal) {
    String setting = env.get("CTA_TTY");
    if (setting != null) {
      return setting.equals("1");
    }
    boolean plain = env.containsKey("CI") || "dumb".equals(env.get("TERM"));
    return !plain && terminal.getAsBoolean();
  }

  private static int columns(String text) {
    return text != null && text.matches("\\d{2,4}") ? Integer.parseInt(text) : 100;
  }

  @Override
  public void seen(FollowedExecution followedExecution) {
    progressFormatter.since(followedExecution).forEach(this::line);
    String status =
        followedExecution.execution().state().terminal()
            ? ""
            : status(followedExecution, Instant.now());
    if (live) {
      out.print(CLEAR_LINE + status);
    } else if (!status.isEmpty() && nanos.getAsLong() - lastLine >= QUIET.toNanos()) {
      line(status);
    }
    out.flush();
  }

  @Override
  public void lost(String reason) {
    line(reason + "; trying again");
    out.flush();
  }

  @Override
  public void back() {
    line("the server is back");
  }

  void line(String text) {
    String time = TIME.withZone(ZoneId.systemDefault()).format(Instant.now());
    lastLine = nanos.getAsLong();
    out.println((live ? CLEAR_LINE : "") + time + "  " + text);
  }

  String status(FollowedExecution followedExecution, Instant now) {
    Execution e = followedExecution.execution();
    Instant from = e.startedAt() == null ? e.requestedAt() : e.startedAt();
    long seconds = from == null ? 0 : Math.max(0, Duration.between(from, now).toSeconds());
    String work =
        followedExecution.tasks().stream()
            .filter(task -> task.state() == State.RUNNING)
            .map(task -> followedExecution.machine(task) + ": " + ProgressFormatter.name(task))
            .sorted()
            .collect(Collectors.joining(" | "));
    String text =
        String.format("%d:%02d", seconds / 60, seconds % 60)
            + "  "
            + e.state().wire()
            + "  tasks "
            + followedExecution.tasks().stream().filter(TerminalDisplay::done).count()
            + "/"
            + followedExecution.tasks().size()
            + "  "
            + ProgressFormatter.counts(e.counts())
            + (work.isEmpty() ? "" : "  | " + work);
    return text.length() < width ? text : text.substring(0, width - 1);
  }

  private static boolean done(Task task) {
    return task.state().terminal();
  }
}
