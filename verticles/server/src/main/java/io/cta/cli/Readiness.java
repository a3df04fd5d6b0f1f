package io.cta.cli;

import java.time.Duration;
import java.util.Optional;

/** Waits until a server that was just started is ready to work. */
final class Readiness {
  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final long EVERY_MILLIS = 50;

  private Readiness() {}

  /**
   * @param pid the server's process, or null when nobody knows it
   */
  static void await(Api api, Long pid) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        api.get("/health/ready");
        return;
      } catch (Unreachable e) {
        if (gone(pid)) {
          throw new CliFailure(ExitCode.NO_SERVER, "the server has ended before it was ready");
        }
        if (System.nanoTime() > deadline) {
          throw new CliFailure(ExitCode.NO_SERVER, "not ready in a minute: " + e.getMessage());
        }
        Thread.sleep(EVERY_MILLIS);
      }
    }
  }

  private static boolean gone(Long pid) {
    Optional<ProcessHandle> process = pid == null ? Optional.empty() : ProcessHandle.of(pid);
    return pid != null && process.filter(ProcessHandle::isAlive).isEmpty();
  }
}
