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
 * Follows an execution to its end by looking at it again and again, so that a server that restarts
 * is no more than a pause.
 */
public final class ExecutionFollower {
  /** Hears what a watch sees. */
  public interface Listener extends ServerRetryPolicy.Listener {
    void seen(FollowedExecution followedExecution);
  }

  private final WaitClock clock;

  public ExecutionFollower(WaitClock clock) {
    this.clock = clock;
  }

  /**
   * The last look, at an execution that is over; fails with STILL_RUNNING when the limit is over
   * before it, or the server is away for too long.
   */
  public FollowedExecution follow(
      FollowedExecution.Loader loader, Listener listener, Optional<Duration> limit) {
    long begunAt = clock.nanos();
    ServerRetryPolicy serverRetryPolicy = new ServerRetryPolicy(clock, listener);
    serverRetryPolicy.heard();
    while (true) {
      Duration rest = ServerRetryPolicy.EVERY;
      try {
        FollowedExecution followedExecution = loader.take();
        serverRetryPolicy.answered();
        listener.seen(followedExecution);
        if (over(followedExecution.execution())) {
          return followedExecution;
        }
      } catch (ServerUnreachable e) {
        rest = serverRetryPolicy.unanswered(e);
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
