package io.cta.server.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cta.error.ServiceFailure;
import io.cta.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * What a viewer may say over a plain WebSocket: who it is, and what it wants to see.
 *
 * @param auth a raw token, or null
 */
record Command(String auth, List<Topic> subscribe, List<Topic> unsubscribe) {
  /** Reads a message; anything else than these three is an INVALID failure. */
  static Command parse(String text) {
    JsonNode root = tree(text);
    if (root == null || !root.isObject()) {
      throw ServiceFailure.invalid("message", "must be a JSON object");
    }
    root.fieldNames().forEachRemaining(Command::known);
    JsonNode auth = root.get("auth");
    if (auth != null && !auth.isTextual()) {
      throw ServiceFailure.invalid("auth", "must be a string");
    }
    Command command =
        new Command(
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
      return Json.mapper().readTree(text);
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

  private static List<Topic> topics(JsonNode root, String field) {
    JsonNode names = root.get(field);
    if (names == null) {
      return List.of();
    }
    if (!names.isArray()) {
      throw ServiceFailure.invalid(field, "must be a list of topics");
    }
    List<Topic> out = new ArrayList<>();
    for (JsonNode name : names) {
      out.add(
          Topic.of(name.asText())
              .orElseThrow(
                  () ->
                      ServiceFailure.invalid(
                          field, "takes fleet, executions, execution.<id>, log.<taskId>")));
    }
    return out;
  }
}
