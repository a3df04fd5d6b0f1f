package io.cta.cli.client;

import java.time.Duration;

/**
 * Decides how long a command goes on asking a server that does not answer: {@link #FIRST} for one
 * that never answered, {@link #RESTART} for one that did. The caller does the waiting. One thread.
 */
public final class ServerRetryPolicy {
  public static final Duration FIRST = Duration.ofSeconds(30);
  static final Duration RESTART = Duration.ofMinutes(5);

  /** The wait between two requests. */
  public static final Duration EVERY = Duration.ofMillis(500);

  private static final Duration MAX_WAIT = Duration.ofSeconds(30);

  /** Is told when the server stops answering and when it answers again. */
  public interface Listener {
    /** The server does not answer; called once per outage. */
    void lost(String reason);

    /** It answers again. */
    void back();
  }

  /** A listener that does nothing. */
  public static final Listener SILENT =
      new Listener() {
        @Override
        public void lost(String reason) {}

        @Override
        public void back() {}
      };

  private final WaitClock clock;
  private final Listener listener;
  private boolean everAnswered;
  private boolean lost;
  private long lostAt;

  public ServerRetryPolicy(WaitClock clock, Listener listener) {
    this.clock = clock;
    this.listener = listener;
  }

  /** The server exists: it has answered something, even if not the current request. */
  public void heard() {
    everAnswered = true;
  }

  public void answered() {
    everAnswered = true;
    if (lost) {
      lost = false;
      listener.back();
    }
  }

  /**
   * How long to wait before the next request. Throws when there is to be none: {@code missed}
   * itself when the server never answered, STILL_RUNNING when it did.
   */
  public Duration unanswered(ServerUnreachable missed) {
    long now = clock.nanos();
    if (!lost) {
      lost = true;
      lostAt = now;
      listener.lost(missed.getMessage());
    } else if (now - lostAt > (everAnswered ? RESTART : FIRST).toNanos()) {
      throw everAnswered
          ? new CliFailure(ExitCode.STILL_RUNNING, missed.getMessage() + "; it may still run")
          : missed;
    }
    Duration after = missed.after().compareTo(EVERY) < 0 ? EVERY : missed.after();
    return after.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : after;
  }
}
