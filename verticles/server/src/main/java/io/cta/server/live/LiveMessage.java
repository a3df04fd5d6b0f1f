package io.cta.server.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cta.bus.BusAddresses;

/**
 * A message of the feed, {@code {"topic","type","data"}}. Encoded once per transport, however many
 * watch. One event loop only.
 */
final class LiveMessage {
  private final String topic;
  private final String text;
  private String sockJs;

  private LiveMessage(String topic, ObjectNode body) {
    this.topic = topic;
    text = body.toString();
  }

  static LiveMessage delta(LiveTopic topic, JsonNode data) {
    return of(topic, "delta", data);
  }

  static LiveMessage log(LiveTopic topic, JsonNode data) {
    return of(topic, "log", data);
  }

  /** Tells viewers of a topic to read it again by REST. */
  static LiveMessage resync(String topic) {
    return new LiveMessage(topic, object().put("topic", topic).put("type", "resync"));
  }

  /** Tells one viewer that there is nothing of that id. */
  static LiveMessage absent(LiveTopic topic) {
    String noun = topic.kind() == LiveTopic.Kind.LOG ? "task" : "execution";
    ObjectNode body = object().put("topic", topic.name()).put("type", "absent").put("status", 404);
    return new LiveMessage(topic.name(), body.put("detail", "there is no such " + noun));
  }

  /** The answer to a viewer whose subscriptions now hold. */
  static LiveMessage subscribed(Iterable<String> topics) {
    ObjectNode body = object().put("type", "subscribed");
    topics.forEach(body.putArray("topics")::add);
    return new LiveMessage("", body);
  }

  String text() {
    return text;
  }

  /** The same as a delivery of the SockJS event-bus protocol. */
  String sockJs() {
    if (sockJs == null) {
      sockJs = sockJs(topic, text);
    }
    return sockJs;
  }

  static String sockJs(String topic, String text) {
    String address = JsonNodeFactory.instance.textNode(BusAddresses.LIVE + topic).toString();
    return "{\"type\":\"rec\",\"address\":" + address + ",\"body\":" + text + "}";
  }

  private static LiveMessage of(LiveTopic topic, String type, JsonNode data) {
    ObjectNode body = object().put("topic", topic.name()).put("type", type);
    body.set("data", data);
    return new LiveMessage(topic.name(), body);
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
