package io.cta.server.view.live;

import io.cta.server.view.OutwardView;
import java.util.List;

/**
 * A message of the feed; each type uses some of these fields.
 *
 * @param topic null when it is about all that the viewer watches
 * @param type {@code delta}, {@code log}, {@code resync}, {@code absent} or {@code subscribed}
 * @param data of a delta and of a log
 * @param topics the topics that the viewer watches now
 * @param status 404 for something that is absent
 * @param detail of the status, for people
 */
public record FeedMessageView(
    String topic, String type, OutwardView data, List<String> topics, Integer status, String detail)
    implements OutwardView {
  public static FeedMessageView delta(String topic, DeltaView data) {
    return new FeedMessageView(topic, "delta", data, null, null, null);
  }

  public static FeedMessageView log(String topic, LogTextView data) {
    return new FeedMessageView(topic, "log", data, null, null, null);
  }

  public static FeedMessageView resync(String topic) {
    return new FeedMessageView(topic, "resync", null, null, null, null);
  }

  public static FeedMessageView absent(String topic, String detail) {
    return new FeedMessageView(topic, "absent", null, null, 404, detail);
  }

  public static FeedMessageView subscribed(List<String> topics) {
    return new FeedMessageView(null, "subscribed", null, topics, null, null);
  }
}
