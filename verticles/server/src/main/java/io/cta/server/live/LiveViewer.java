package io.cta.server.live;

import java.util.LinkedHashSet;
import java.util.Set;

/** A connected viewer, over either transport. The feed's event loop only. */
abstract class LiveViewer {
  private final Set<LiveTopic> topics = new LinkedHashSet<>();

  /** The topics it watches; changed by {@link TopicRegistry} only. */
  final Set<LiveTopic> topics() {
    return topics;
  }

  /** Sends a message, or drops it when the viewer is too slow. */
  abstract void show(LiveMessage message);

  /** Closes the connection with a WebSocket close code and a reason. */
  abstract void close(int code, String reason);
}
