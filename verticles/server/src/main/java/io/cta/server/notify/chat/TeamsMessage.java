package io.cta.server.notify.chat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * Writes an Adaptive Card for a workflow of Microsoft Teams, which takes about 28 KB. What others
 * wrote stands in text runs, in which nothing is Markdown.
 */
final class TeamsMessage {
  private static final int MAX_BYTES = 20_000;

  private TeamsMessage() {}

  static JsonObject of(ChatFacts facts) {
    for (int count = facts.failures().size(); ; count--) {
      JsonObject message = message(facts.withFirst(count));
      int bytes = message.encode().getBytes(StandardCharsets.UTF_8).length;
      if (count == 0 || bytes <= MAX_BYTES) {
        return message;
      }
    }
  }

  /** The smallest card that still says what happened, made of one that was too large. */
  static JsonObject minimal(JsonObject message) {
    JsonObject copy = message.copy();
    JsonArray body = card(copy).getJsonArray("body");
    while (body.size() > 1) {
      body.remove(body.size() - 1);
    }
    return copy;
  }

  private static JsonObject card(JsonObject message) {
    return message.getJsonArray("attachments").getJsonObject(0).getJsonObject("content");
  }

  private static JsonObject message(ChatFacts facts) {
    JsonArray body = new JsonArray();
    body.add(
        runs(new JsonArray().add(run(facts.title(), facts.good() ? "good" : "attention", true))));
    body.add(runs(new JsonArray().add(run(facts.facts(), "default", false))));
    for (ChatFacts.Failure failure : facts.failures()) {
      JsonArray lines = new JsonArray().add(run(failure.where() + "\n", "default", true));
      lines.add(run(failure.said(), "default", false).put("fontType", "monospace"));
      body.add(runs(lines));
    }
    if (facts.more() > 0) {
      body.add(runs(new JsonArray().add(run("and " + facts.more() + " more", "default", false))));
    }
    JsonObject card =
        new JsonObject()
            .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
            .put("type", "AdaptiveCard")
            .put("version", "1.4")
            .put("body", body);
    if (facts.link() != null) {
      card.put("actions", new JsonArray().add(action(facts.link())));
    }
    JsonObject attachment =
        new JsonObject()
            .put("contentType", "application/vnd.microsoft.card.adaptive")
            .put("content", card);
    return new JsonObject()
        .put("type", "message")
        .put("attachments", new JsonArray().add(attachment));
  }

  private static JsonObject action(String link) {
    return new JsonObject()
        .put("type", "Action.OpenUrl")
        .put("title", "Open the execution")
        .put("url", link);
  }

  private static JsonObject runs(JsonArray inlines) {
    return new JsonObject().put("type", "RichTextBlock").put("inlines", inlines);
  }

  private static JsonObject run(String text, String color, boolean bold) {
    return new JsonObject()
        .put("type", "TextRun")
        .put("text", text)
        .put("color", color)
        .put("weight", bold ? "bolder" : "default");
  }
}
