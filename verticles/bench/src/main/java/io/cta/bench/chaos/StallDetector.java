package io.cta.bench.chaos;

import io.cta.bench.history.OutagePeriod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Detects periods in which this whole machine stood still, as a virtual machine sometimes does: a
 * thread that only reads the clock did not run on time. No part can be blamed for such a period.
 */
final class StallDetector implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration STALL = Duration.ofSeconds(1);

  private final List<OutagePeriod> seen = new ArrayList<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private Instant last = Instant.now();

  StallDetector() {
    thread.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  synchronized List<OutagePeriod> seen() {
    return List.copyOf(seen);
  }

  private synchronized void look() {
    Instant now = Instant.now();
    if (last.plus(STALL).isBefore(now)) {
      seen.add(new OutagePeriod("machine", last, now));
    }
    last = now;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
