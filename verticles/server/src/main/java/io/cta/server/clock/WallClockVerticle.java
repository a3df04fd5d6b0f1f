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

/** Detects steps of the wall clock by comparing it with the ticker. One instance per node. */
public final class WallClockVerticle extends VerticleBase {
  /** How far the wall clock may deviate from the ticker between two checks. */
  static final Duration TOLERANCE = Duration.ofSeconds(5);

  private static final Logger log = LoggerFactory.getLogger(WallClockVerticle.class);
  private static final long CHECK_MILLIS = 1_000;

  private final TimeSource time;
  private ClockStepDetector stepDetector;
  private long count;

  public WallClockVerticle(TimeSource time) {
    this.time = time;
  }

  @Override
  public Future<?> start() {
    stepDetector = new ClockStepDetector(TOLERANCE, time.now(), time.nanos());
    vertx.setPeriodic(CHECK_MILLIS, t -> check());
    return Future.succeededFuture();
  }

  private void check() {
    stepDetector.look(time.now(), time.nanos()).ifPresent(this::stepped);
  }

  private void stepped(Duration by) {
    log.warn(
        "the wall clock was set, nothing is late for that [by: {} s, steps since start: {}]",
        by.toSeconds(),
        ++count);
    BusAdapter.announce(vertx, BusAddresses.WALL_CLOCK_STEPPED, by.toMillis());
  }
}
