package io.cta.server.notify.chat;

import io.cta.text.TextCut;
import io.vertx.core.json.JsonObject;

/**
 * Writes a message for an incoming webhook of Mattermost, of which old servers take 4,000
 * characters.
 */
final class MattermostMessage {
  private static final int MAX_CHARS = 3_900;

  private MattermostMessage() {}

  static JsonObject of(ChatFacts facts) {
    for (int count = facts.failures().size(); ; count--) {
      String text = text(facts.withFirst(count));
      if (count == 0 || text.length() <= MAX_CHARS) {
        return new JsonObject()
            .put("username", "CTA")
            .put("text", TextCut.shortened(text, MAX_CHARS));
      }
    }
  }

  private static String text(ChatFacts facts) {
    StringBuilder out = new StringBuilder(facts.good() ? ":white_check_mark: **" : ":x: **");
    out.append(safe(facts.title())).append("**\n").append(safe(facts.facts())).append('\n');
    for (ChatFacts.Failure failure : facts.failures()) {
      out.append("\n**").append(safe(failure.where())).append("**\n");
      if (!failure.said().isBlank()) {
        out.append("```\n")
            .append(harmless(failure.said()).replace("```", "'''"))
            .append("\n```\n");
      }
    }
    if (facts.more() > 0) {
      out.append("\nand ").append(facts.more()).append(" more\n");
    }
    return facts.link() == null
        ? out.toString()
        : out + "\n[Open the execution](" + facts.link() + ")";
  }

  /** No mention, link or other Markdown. */
  private static String safe(String text) {
    return harmless(text).replaceAll("([\\\\`*_{}\\[\\]()#+!|<>~-])", "\\\\$1");
  }

  /** A blank of no width keeps {@code @here} from calling everybody. */
  private static String harmless(String text) {
    return text.replace("@", "@\u200b");
  }
}
