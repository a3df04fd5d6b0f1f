package io.cta.cli.client;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Waits until a server that was just started, and its machines, are ready to work. */
public final class ReadinessPoller {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private final ApiClient api;
  private final Long pid;
  private final WaitClock clock;

  /**
   * @param pid the server's process, or null when it is unknown
   */
  public ReadinessPoller(ApiClient api, Long pid, WaitClock clock) {
    this.api = api;
    this.pid = pid;
    this.clock = clock;
  }

  public void await(int machines) throws InterruptedException {
    until("the server is not ready", () -> !api.get("/health/ready").isEmpty());
    until(
        "fewer than " + machines + " machines are online",
        () -> api.list("/api/v1/machines?presence=online").size() >= machines);
  }

  private void until(String problem, BooleanSupplier ready) throws InterruptedException {
    long begunAt = clock.nanos();
    while (!answers(ready)) {
      if (serverEnded()) {
        throw new CliFailure(ExitCode.NO_SERVER, "the server has ended before it was ready");
      }
      if (clock.nanos() - begunAt > LIMIT.toNanos()) {
        throw new CliFailure(ExitCode.NO_SERVER, problem + " after " + LIMIT.toSeconds() + " s");
      }
      clock.rest(INTERVAL);
    }
  }

  private static boolean answers(BooleanSupplier ready) {
    try {
      return ready.getAsBoolean();
    } catch (ServerUnreachable e) {
      return false;
    }
  }

  private boolean serverEnded() {
    Optional<ProcessHandle> process = pid == null ? Optional.empty() : ProcessHandle.of(pid);
    return pid != null && process.filter(ProcessHandle::isAlive).isEmpty();
  }
}
