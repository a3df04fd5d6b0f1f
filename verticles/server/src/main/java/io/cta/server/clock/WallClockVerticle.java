package io.cta.server.clock;

import io.cta.bus.BusAdapter;
import io.cta.bus.BusAddresses;
import io.cta.time.ClockStepDetector;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares wall clock and ticker once a second; one on each node. */
public final class WallClockVerticle extends VerticleBase {
  /** What the wall clock may move more or less than the ticker within a second. */
  static final Duration TOLERATED = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(WallClockVerticle.class);
  private static final long LOOK_MILLIS = 1_000;

  private final TimeSource time;
  private ClockStepDetector steps;
  private long count;

  public WallClockVerticle(TimeSource time) {
    this.time = time;
  }

  @Override
  public Future<?> start() {
    steps = new ClockStepDetector(TOLERATED, time.now(), time.nanos());
    vertx.setPeriodic(LOOK_MILLIS, t -> look());
    return Future.succeededFuture();
  }

  private void look() {
    steps.look(time.now(), time.nanos()).ifPresent(this::stepped);
  }

  private void stepped(Duration by) {
    log.warn(
        "the wall clock was set, nothing is late for that [by: {} s, steps since start: {}]",
        by.toSeconds(),
        ++count);
    BusAdapter.announce(vertx, BusAddresses.WALL_CLOCK_STEPPED, by.toMillis());
  }
}
