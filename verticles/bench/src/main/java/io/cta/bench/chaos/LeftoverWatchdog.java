package io.cta.bench.chaos;

import io.cta.bench.history.LeftoverProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Detects processes of cancelled executions that still run after their time limit. */
final class LeftoverWatchdog implements AutoCloseable {
  /**
   * A process must be gone after this: 2 s stop time, ten seconds, and a second for the watchdog.
   */
  private static final Duration OBEY = Duration.ofSeconds(2 + 10 + 1);

  private static final int MAX_SEEN = 1_000;

  private final Map<String, Instant> due = new ConcurrentHashMap<>();
  private final List<LeftoverProcess> seen = new ArrayList<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  LeftoverWatchdog() {
    thread.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  void cancelled(String executionId, Instant at) {
    due.put(executionId, at.plus(OBEY));
  }

  List<LeftoverProcess> seen() {
    synchronized (seen) {
      return List.copyOf(seen);
    }
  }

  /**
   * Looks once at the process table; forgets a cancelled execution when it has no process any more.
   */
  private void look() {
    Set<String> late = new HashSet<>();
    Instant now = Instant.now();
    due.forEach(
        (id, at) -> {
          if (at.isBefore(now)) {
            late.add(id);
          }
        });
    if (late.isEmpty()) {
      return;
    }
    List<LeftoverProcess> found = TestProcesses.of(late::contains);
    synchronized (seen) {
      found.stream().limit(Math.max(0, MAX_SEEN - seen.size())).forEach(seen::add);
    }
    found.forEach(one -> late.removeIf(id -> one.taskId().startsWith(id + "-")));
    late.forEach(due::remove);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
