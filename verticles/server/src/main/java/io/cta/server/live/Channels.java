package io.cta.server.live;

import io.cta.time.Ticker;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The topics that somebody watches. The feed's event loop only. */
final class Channels {
  private final Vertx vertx;
  private final LiveLimits limits;
  private final Ticker ticker;
  private final Map<Topic, Channel> channels = new HashMap<>();
  private final BiConsumer<Topic, Viewer> onJoin;

  /** {@code onJoin} may tell a new viewer of a topic what it cannot read by REST. */
  Channels(Vertx vertx, LiveLimits limits, Ticker ticker, BiConsumer<Topic, Viewer> onJoin) {
    this.vertx = vertx;
    this.limits = limits;
    this.ticker = ticker;
    this.onJoin = onJoin;
  }

  /** The channel of a topic, empty while nobody watches it. */
  Optional<Channel> watched(Topic topic) {
    return Optional.ofNullable(channels.get(topic));
  }

  Collection<Channel> all() {
    return List.copyOf(channels.values());
  }

  /** False when the viewer has too many topics already. */
  boolean join(Topic topic, Viewer viewer) {
    if (viewer.topics().contains(topic)) {
      return true;
    }
    if (viewer.topics().size() >= limits.topics()) {
      return false;
    }
    viewer.topics().add(topic);
    channels
        .computeIfAbsent(topic, t -> new Channel(vertx, t, limits, ticker))
        .viewers()
        .add(viewer);
    onJoin.accept(topic, viewer);
    return true;
  }

  void leave(Topic topic, Viewer viewer) {
    viewer.topics().remove(topic);
    Channel channel = channels.get(topic);
    if (channel != null && channel.viewers().remove(viewer) && channel.viewers().isEmpty()) {
      channels.remove(topic);
    }
  }

  void leaveAll(Viewer viewer) {
    List.copyOf(viewer.topics()).forEach(topic -> leave(topic, viewer));
  }
}
