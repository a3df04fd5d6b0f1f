package io.cta.server.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cta.bus.BusAddresses;
import io.cta.server.view.ViewEncoder;
import io.cta.server.view.live.DeltaView;
import io.cta.server.view.live.FeedMessageView;
import io.cta.server.view.live.LogTextView;
import java.util.List;

/** A message of the feed, encoded once for all viewers. One event loop only. */
final class LiveMessage {
  private final String topic;
  private final String text;
  private String sockJs;

  private LiveMessage(FeedMessageView view) {
    topic = view.topic() == null ? "" : view.topic();
    text = ViewEncoder.text(view);
  }

  static LiveMessage delta(LiveTopic topic, DeltaView data) {
    return new LiveMessage(FeedMessageView.delta(topic.name(), data));
  }

  static LiveMessage log(LiveTopic topic, LogTextView data) {
    return new LiveMessage(FeedMessageView.log(topic.name(), data));
  }

  /** Tells viewers to read a topic again by REST; all that they watch if the topic is null. */
  static LiveMessage resync(String topic) {
    return new LiveMessage(FeedMessageView.resync(topic));
  }

  /** Tells one viewer that nothing has that id. */
  static LiveMessage absent(LiveTopic topic) {
    String noun = topic.kind() == LiveTopic.Kind.LOG ? "task" : "execution";
    return new LiveMessage(FeedMessageView.absent(topic.name(), "there is no such " + noun));
  }

  /** Confirms the subscriptions of a viewer. */
  static LiveMessage subscribed(List<String> topics) {
    return new LiveMessage(FeedMessageView.subscribed(topics));
  }

  String text() {
    return text;
  }

  /** The message in the SockJS event-bus protocol. */
  String sockJs() {
    if (sockJs == null) {
      sockJs = sockJs(topic, text);
    }
    return sockJs;
  }

  private static String sockJs(String topic, String text) {
    String address = JsonNodeFactory.instance.textNode(BusAddresses.LIVE + topic).toString();
    return "{\"type\":\"rec\",\"address\":" + address + ",\"body\":" + text + "}";
  }
}
