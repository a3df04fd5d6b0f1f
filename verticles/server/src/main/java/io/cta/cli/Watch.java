package io.cta.cli;

import io.cta.domain.Execution;
import java.time.Duration;
import java.util.Optional;

/**
 * Follows an execution to its end by looking at it again and again, so that a server that restarts
 * is no more than a pause.
 */
final class Watch {
  /** Hears what a watch sees. */
  interface Listener extends Patience.Listener {
    void seen(Look look);
  }

  private final WaitClock clock;

  Watch(WaitClock clock) {
    this.clock = clock;
  }

  /**
   * The last look, at an execution that is over; fails with STILL_RUNNING when the limit is over
   * before it, or the server is away for too long.
   */
  Look follow(Look.Taker taker, Listener listener, Optional<Duration> limit) {
    long begunAt = clock.nanos();
    Patience patience = new Patience(clock, listener);
    patience.heard();
    while (true) {
      Duration rest = Patience.EVERY;
      try {
        Look look = taker.take();
        patience.answered();
        listener.seen(look);
        if (over(look.execution())) {
          return look;
        }
      } catch (Unreachable e) {
        rest = patience.unanswered(e);
      }
      if (limit.isPresent() && clock.nanos() - begunAt > limit.get().toNanos()) {
        throw new CliFailure(ExitCode.STILL_RUNNING, "it still runs, the wait is over");
      }
      clock.restOrEnd(rest);
    }
  }

  private static boolean over(Execution execution) {
    return execution.state().terminal();
  }
}
