package io.cta.agent.run;

import io.cta.agent.process.GroupedProcess;
import io.cta.agent.process.ProcessTree;
import io.cta.time.MonotonicClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Ends a process: sends TERM to its whole tree, and after a grace period KILL. */
final class SignalEscalation {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private SignalEscalation() {}

  static void end(GroupedProcess process, Duration grace, MonotonicClock ticker)
      throws InterruptedException {
    ProcessTree tree = process.tree();
    long deadline = ticker.nanos() + StageTimeouts.nanos(grace);
    tree.terminate();
    StageTimeouts.done(process.exit(), grace);
    while (tree.alive() && ticker.nanos() - deadline < 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    tree.kill();
    StageTimeouts.done(process.exit(), Duration.ofSeconds(2));
  }
}
