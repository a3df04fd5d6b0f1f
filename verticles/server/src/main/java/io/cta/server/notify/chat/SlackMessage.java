package io.cta.server.notify.chat;

import io.cta.text.TextCut;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Writes a message for an incoming webhook of Slack: blocks, and a text for where blocks are not
 * shown. Slack refuses a section of more than 3,000 characters and about 13,000 in all.
 */
final class SlackMessage {
  private static final int MAX_SECTION_CHARS = 2_900;
  private static final int MAX_CHARS = 10_000;
  private static final int MAX_FALLBACK_CHARS = 300;

  private SlackMessage() {}

  static JsonObject of(ChatFacts facts) {
    JsonArray blocks = new JsonArray();
    String title = (facts.good() ? ":white_check_mark: *" : ":x: *") + safe(facts.title()) + "*";
    String open = facts.link() == null ? "" : "\n<" + facts.link() + "|Open the execution>";
    int chars = section(blocks, title + "\n" + safe(facts.facts()) + open);
    int shown = 0;
    for (ChatFacts.Failure failure : facts.failures()) {
      String text = "*" + safe(failure.where()) + "*" + quoted(failure.said());
      if (chars + text.length() > MAX_CHARS) {
        break;
      }
      chars += section(blocks, text);
      shown++;
    }
    int more = facts.withFirst(shown).more();
    if (more > 0) {
      section(blocks, "and " + more + " more");
    }
    return new JsonObject()
        .put(
            "text",
            safe(TextCut.shortened(facts.title() + ": " + facts.facts(), MAX_FALLBACK_CHARS)))
        .put("blocks", blocks);
  }

  private static int section(JsonArray blocks, String text) {
    String cut = TextCut.shortened(text, MAX_SECTION_CHARS);
    blocks.add(
        new JsonObject()
            .put("type", "section")
            .put("text", new JsonObject().put("type", "mrkdwn").put("text", cut)));
    return cut.length();
  }

  private static String quoted(String said) {
    return said.isBlank() ? "" : "\n```" + safe(said).replace("```", "'''") + "```";
  }

  /** By Slack's own rule nothing of it is a mention, a link or a command then. */
  private static String safe(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("*", "∗");
  }
}
