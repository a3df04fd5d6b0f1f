package io.cta.cli.client;

import java.time.Duration;

/**
 * How long a command that waits goes on asking a server that does not answer: {@link #FIRST} for
 * one that was never heard of, {@link #RESTART} for one that was. Decides only; who asks also
 * rests. One thread.
 */
public final class ServerRetryPolicy {
  public static final Duration FIRST = Duration.ofSeconds(30);
  static final Duration RESTART = Duration.ofMinutes(5);

  /** Between two questions. */
  public static final Duration EVERY = Duration.ofMillis(500);

  private static final Duration LONGEST = Duration.ofSeconds(30);

  /** Hears of a server that is lost and found. */
  public interface Listener {
    /** The server does not answer; said once per loss. */
    void lost(String reason);

    /** It answers again. */
    void back();
  }

  /** For who has nobody to tell. */
  public static final Listener UNHEARD =
      new Listener() {
        @Override
        public void lost(String reason) {}

        @Override
        public void back() {}
      };

  private final WaitClock clock;
  private final Listener listener;
  private boolean heard;
  private boolean lost;
  private long lostAt;

  public ServerRetryPolicy(WaitClock clock, Listener listener) {
    this.clock = clock;
    this.listener = listener;
  }

  /** There is a server: it has answered something, if not what is asked now. */
  public void heard() {
    heard = true;
  }

  public void answered() {
    heard = true;
    if (lost) {
      lost = false;
      listener.back();
    }
  }

  /**
   * How long to rest before the next question. Fails when there is to be none: with {@code missed}
   * itself when there never was an answer, with STILL_RUNNING when there was.
   */
  public Duration unanswered(ServerUnreachable missed) {
    long now = clock.nanos();
    if (!lost) {
      lost = true;
      lostAt = now;
      listener.lost(missed.getMessage());
    } else if (now - lostAt > (heard ? RESTART : FIRST).toNanos()) {
      throw heard
          ? new CliFailure(ExitCode.STILL_RUNNING, missed.getMessage() + "; it may still run")
          : missed;
    }
    Duration after = missed.after().compareTo(EVERY) < 0 ? EVERY : missed.after();
    return after.compareTo(LONGEST) > 0 ? LONGEST : after;
  }
}
