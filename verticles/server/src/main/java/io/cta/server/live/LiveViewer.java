package io.cta.server.live;

import java.util.LinkedHashSet;
import java.util.Set;

/** One who watches, whatever the transport. The feed's event loop only. */
abstract class LiveViewer {
  private final Set<LiveTopic> topics = new LinkedHashSet<>();

  /** What it watches; changed by {@link TopicRegistry} only. */
  final Set<LiveTopic> topics() {
    return topics;
  }

  /** Sends a message, or drops it when the viewer is too slow. */
  abstract void show(LiveMessage message);

  /** Ends it and tells why, with a WebSocket close code. */
  abstract void close(int code, String reason);
}
