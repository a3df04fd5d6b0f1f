package io.cta.server.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import java.util.ArrayList;
import java.util.List;

/**
 * A message from a viewer over a plain WebSocket: its token, and the topics it wants to watch or
 * leave.
 *
 * @param auth a raw token, or null
 */
record ViewerCommand(String auth, List<LiveTopic> subscribe, List<LiveTopic> unsubscribe) {
  /** Parses a message; throws INVALID for any other field. */
  static ViewerCommand parse(String text) {
    JsonNode root = tree(text);
    if (root == null || !root.isObject()) {
      throw ServiceFailure.invalid("message", "must be a JSON object");
    }
    root.fieldNames().forEachRemaining(ViewerCommand::known);
    JsonNode auth = root.get("auth");
    if (auth != null && !auth.isTextual()) {
      throw ServiceFailure.invalid("auth", "must be a string");
    }
    ViewerCommand command =
        new ViewerCommand(
            auth == null ? null : auth.textValue(),
            topics(root, "subscribe"),
            topics(root, "unsubscribe"));
    if (root.isEmpty()) {
      throw ServiceFailure.invalid("message", "must have auth, subscribe or unsubscribe");
    }
    return command;
  }

  private static JsonNode tree(String text) {
    try {
      return JsonMapping.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw ServiceFailure.invalid("message", "must be a JSON object");
    }
  }

  private static void known(String field) {
    switch (field) {
      case "auth", "subscribe", "unsubscribe" -> {}
      default -> throw ServiceFailure.invalid("message", "must have auth, subscribe, unsubscribe");
    }
  }

  private static List<LiveTopic> topics(JsonNode root, String field) {
    JsonNode names = root.get(field);
    if (names == null) {
      return List.of();
    }
    if (!names.isArray()) {
      throw ServiceFailure.invalid(field, "must be a list of topics");
    }
    List<LiveTopic> out = new ArrayList<>();
    for (JsonNode name : names) {
      out.add(
          LiveTopic.of(name.asText())
              .orElseThrow(
                  () ->
                      ServiceFailure.invalid(
                          field, "takes fleet, executions, execution.<id>, log.<taskId>")));
    }
    return out;
  }
}
