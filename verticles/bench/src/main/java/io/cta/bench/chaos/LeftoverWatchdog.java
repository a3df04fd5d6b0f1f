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

/** Looks whether processes of cancelled executions are still there when they must be gone. */
final class LeftoverWatchdog implements AutoCloseable {
  /** The stop time of the scenarios, ten seconds, and some for the looking itself. */
  private static final Duration OBEY = Duration.ofSeconds(2 + 10 + 1);

  private static final int KEEP = 1_000;

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

  /** One sighting after the other, until there is nothing of an execution to be seen. */
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
      found.stream().limit(Math.max(0, KEEP - seen.size())).forEach(seen::add);
    }
    found.forEach(one -> late.removeIf(id -> one.taskId().startsWith(id + "-")));
    late.forEach(due::remove);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
