package io.cta.cli;

import io.cta.domain.Execution;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Follows an execution to its end by looking at it again and again, so that a server that restarts
 * is no more than a pause.
 */
final class Watch {
  static final Duration EVERY = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Waits between two looks. */
  interface Pause {
    void until(Duration duration) throws InterruptedException;
  }

  /** Hears what a watch sees. */
  interface Listener {
    void seen(Look look);

    /** The server does not answer; said once per loss. */
    void lost(String reason);

    /** It answers again. */
    void back();
  }

  private final Pause pause;
  private final LongSupplier nanoClock;

  Watch(Pause pause, LongSupplier nanoClock) {
    this.pause = pause;
    this.nanoClock = nanoClock;
  }

  static Watch real() {
    return new Watch(d -> Thread.sleep(d.toMillis()), System::nanoTime);
  }

  /**
   * The last look, at an execution that is over; fails with STILL_RUNNING when the limit is over
   * before it, or the server is away for too long.
   */
  Look follow(Look.Taker taker, Listener listener, Optional<Duration> limit) {
    long begunAt = nanoClock.getAsLong();
    long lostAt = 0;
    boolean lost = false;
    while (true) {
      try {
        Look look = taker.take();
        if (lost) {
          lost = false;
          listener.back();
        }
        listener.seen(look);
        if (over(look.execution())) {
          return look;
        }
      } catch (Unreachable e) {
        if (!lost) {
          lost = true;
          lostAt = nanoClock.getAsLong();
          listener.lost(e.getMessage());
        } else if (nanoClock.getAsLong() - lostAt > PATIENCE.toNanos()) {
          throw new CliFailure(ExitCode.STILL_RUNNING, e.getMessage() + "; it may still run");
        }
      }
      if (limit.isPresent() && nanoClock.getAsLong() - begunAt > limit.get().toNanos()) {
        throw new CliFailure(ExitCode.STILL_RUNNING, "it still runs, the wait is over");
      }
      rest();
    }
  }

  private static boolean over(Execution execution) {
    return execution.state().terminal();
  }

  private void rest() {
    try {
      pause.until(EVERY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliFailure(ExitCode.STILL_RUNNING, "interrupted");
    }
  }
}
