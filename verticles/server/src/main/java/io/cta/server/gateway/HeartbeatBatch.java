package io.cta.server.gateway;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds heartbeats for a moment, so that those of many agents pass on together: on the way to
 * registration and back each hop between event loops wakes a thread, which costs more than a
 * heartbeat. Event loop of the gateway only.
 */
final class HeartbeatBatch {
  /** Short beside the least time between two heartbeats, and beside a lease. */
  static final Duration HOLD = Duration.ofMillis(50);

  private final Vertx vertx;
  private List<Runnable> held = new ArrayList<>();

  HeartbeatBatch(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * @param release passes the heartbeat on, unless that was done meanwhile
   */
  void add(Runnable release) {
    if (held.isEmpty()) {
      vertx.setTimer(HOLD.toMillis(), id -> release());
    }
    held.add(release);
  }

  private void release() {
    List<Runnable> now = held;
    held = new ArrayList<>();
    now.forEach(Runnable::run);
  }
}
