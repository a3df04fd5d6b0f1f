package io.cta.server.live;

import io.cta.time.MonotonicClock;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Knows which viewers watch which topics. The feed's event loop only. */
final class TopicRegistry {
  private final Vertx vertx;
  private final LiveLimits limits;
  private final MonotonicClock ticker;
  private final Map<LiveTopic, TopicChannel> channels = new HashMap<>();
  private final BiConsumer<LiveTopic, LiveViewer> onJoin;

  /** {@code onJoin} may send a new viewer of a topic what it cannot read by REST. */
  TopicRegistry(
      Vertx vertx,
      LiveLimits limits,
      MonotonicClock ticker,
      BiConsumer<LiveTopic, LiveViewer> onJoin) {
    this.vertx = vertx;
    this.limits = limits;
    this.ticker = ticker;
    this.onJoin = onJoin;
  }

  /** The channel of a topic, empty while nobody watches it. */
  Optional<TopicChannel> watched(LiveTopic topic) {
    return Optional.ofNullable(channels.get(topic));
  }

  Collection<TopicChannel> all() {
    return List.copyOf(channels.values());
  }

  /** False when the viewer has too many topics already. */
  boolean join(LiveTopic topic, LiveViewer viewer) {
    if (viewer.topics().contains(topic)) {
      return true;
    }
    if (viewer.topics().size() >= limits.topics()) {
      return false;
    }
    viewer.topics().add(topic);
    channels
        .computeIfAbsent(topic, t -> new TopicChannel(vertx, t, limits, ticker))
        .viewers()
        .add(viewer);
    onJoin.accept(topic, viewer);
    return true;
  }

  void leave(LiveTopic topic, LiveViewer viewer) {
    viewer.topics().remove(topic);
    TopicChannel channel = channels.get(topic);
    if (channel != null && channel.viewers().remove(viewer) && channel.viewers().isEmpty()) {
      channels.remove(topic);
    }
  }

  void leaveAll(LiveViewer viewer) {
    List.copyOf(viewer.topics()).forEach(topic -> leave(topic, viewer));
  }
}
