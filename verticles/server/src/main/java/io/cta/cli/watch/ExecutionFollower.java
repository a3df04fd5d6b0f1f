package io.cta.cli.watch;

import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import io.cta.cli.client.ServerRetryPolicy;
import io.cta.cli.client.ServerUnreachable;
import io.cta.cli.client.WaitClock;
import io.cta.domain.Execution;
import java.time.Duration;
import java.util.Optional;

/**
 * Follows an execution to its end by polling, so that a restart of the server is no more than a
 * pause.
 */
public final class ExecutionFollower {
  /** Gets the view of each poll. */
  public interface Listener extends ServerRetryPolicy.Listener {
    void seen(FollowedExecution followedExecution);
  }

  private final WaitClock clock;

  public ExecutionFollower(WaitClock clock) {
    this.clock = clock;
  }

  /**
   * Returns the last view, of an execution that is over; fails with STILL_RUNNING when the limit
   * ends first, or the server is away for too long.
   */
  public FollowedExecution follow(
      FollowedExecution.Loader loader, Listener listener, Optional<Duration> limit) {
    long startedAt = clock.nanos();
    ServerRetryPolicy retryPolicy = new ServerRetryPolicy(clock, listener);
    retryPolicy.heard();
    while (true) {
      Duration rest = ServerRetryPolicy.EVERY;
      try {
        FollowedExecution followedExecution = loader.take();
        retryPolicy.answered();
        listener.seen(followedExecution);
        if (over(followedExecution.execution())) {
          return followedExecution;
        }
      } catch (ServerUnreachable e) {
        rest = retryPolicy.unanswered(e);
      }
      if (limit.isPresent() && clock.nanos() - startedAt > limit.get().toNanos()) {
        throw new CliFailure(ExitCode.STILL_RUNNING, "it still runs, the wait is over");
      }
      clock.restOrEnd(rest);
    }
  }

  private static boolean over(Execution execution) {
    return execution.state().terminal();
  }
}
