package io.cta.server.live;

import io.cta.server.view.OutwardView;
import io.cta.time.MonotonicClock;
import io.vertx.core.Vertx;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The viewers and the next message of one topic that is watched. The feed's event loop only. */
final class TopicChannel {
  private final Vertx vertx;
  private final LiveTopic topic;
  private final Set<LiveViewer> viewers = new LinkedHashSet<>();
  private final DeltaBuffer deltaBuffer;
  private final DeltaThrottle deltaThrottle;
  private final MonotonicClock ticker;
  private boolean booked;

  TopicChannel(Vertx vertx, LiveTopic topic, LiveLimits limits, MonotonicClock ticker) {
    this.ticker = ticker;
    this.vertx = vertx;
    this.topic = topic;
    deltaBuffer = new DeltaBuffer(limits.pending());
    deltaThrottle = new DeltaThrottle(limits.paceMillis());
  }

  Set<LiveViewer> viewers() {
    return viewers;
  }

  void offer(String kind, String id, OutwardView outwardView) {
    deltaBuffer.offer(kind, id, outwardView);
    schedule();
  }

  void offer(String kind, String id, long version, OutwardView outwardView) {
    deltaBuffer.offer(kind, id, version, outwardView);
    schedule();
  }

  /** Sends a message to all viewers at once. */
  void show(LiveMessage message) {
    // a viewer that the write closes leaves during the loop
    Set.copyOf(viewers).forEach(viewer -> viewer.show(message));
  }

  /** Makes the next message tell the viewers to read again. */
  void resync() {
    deltaBuffer.overflow();
    schedule();
  }

  private void schedule() {
    if (!booked && !deltaBuffer.isEmpty()) {
      booked = true;
      // at least 1 ms, so that changes announced together are sent together
      vertx.setTimer(
          Math.max(1, deltaThrottle.book(TimeUnit.NANOSECONDS.toMillis(ticker.nanos()))),
          t -> flush());
    }
  }

  private void flush() {
    booked = false;
    show(
        deltaBuffer
            .take()
            .map(data -> LiveMessage.delta(topic, data))
            .orElseGet(() -> LiveMessage.resync(topic.name())));
  }
}
