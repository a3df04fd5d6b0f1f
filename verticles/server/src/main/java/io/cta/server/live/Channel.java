package io.cta.server.live;

import com.fasterxml.jackson.databind.JsonNode;
import io.cta.time.Ticker;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One topic while somebody watches it. The feed's event loop only. */
final class Channel {
  private final Vertx vertx;
  private final Topic topic;
  private final Set<Viewer> viewers = new LinkedHashSet<>();
  private final Pending pending;
  private final Pace pace;
  private final Ticker ticker;
  private boolean booked;

  Channel(Vertx vertx, Topic topic, LiveLimits limits, Ticker ticker) {
    this.ticker = ticker;
    this.vertx = vertx;
    this.topic = topic;
    pending = new Pending(limits.pending());
    pace = new Pace(limits.paceMillis());
  }

  Set<Viewer> viewers() {
    return viewers;
  }

  void offer(String kind, String id, JsonNode view) {
    pending.offer(kind, id, view);
    schedule();
  }

  void offer(String kind, String id, long version, JsonNode view) {
    pending.offer(kind, id, version, view);
    schedule();
  }

  /** Shows a message now, to all of them. */
  void show(LiveMessage message) {
    // a viewer that is closed by the write leaves while we go
    Set.copyOf(viewers).forEach(viewer -> viewer.show(message));
  }

  /** The next message tells the viewers to read again. */
  void resync() {
    pending.overflow();
    schedule();
  }

  private void schedule() {
    if (!booked && !pending.isEmpty()) {
      booked = true;
      // at least 1 ms, so that what is announced together travels together
      vertx.setTimer(
          Math.max(1, pace.book(TimeUnit.NANOSECONDS.toMillis(ticker.nanos()))), t -> flush());
    }
  }

  private void flush() {
    booked = false;
    show(
        pending
            .take()
            .map(data -> LiveMessage.delta(topic, data))
            .orElseGet(() -> LiveMessage.resync(topic.name())));
  }
}
