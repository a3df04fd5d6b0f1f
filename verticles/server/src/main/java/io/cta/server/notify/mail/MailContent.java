package io.cta.server.notify.mail;

import io.vertx.core.json.JsonObject;

/**
 * What a letter says, kept with its delivery and so the same in each attempt.
 *
 * @param text for programs that show no HTML
 */
public record MailContent(String subject, String text, String html) {
  public String encode() {
    return new JsonObject()
        .put("subject", subject)
        .put("text", text)
        .put("html", html)
        .encodePrettily();
  }

  public static MailContent decode(String body) {
    JsonObject json = new JsonObject(body);
    return new MailContent(
        json.getString("subject"), json.getString("text"), json.getString("html"));
  }
}
