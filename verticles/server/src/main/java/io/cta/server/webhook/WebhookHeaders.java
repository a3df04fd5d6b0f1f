package io.cta.server.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The headers by which a receiver knows whom a message is from, and whether it has had it. Pure.
 */
public final class WebhookHeaders {
  private WebhookHeaders() {}

  /**
   * The headers of one attempt.
   *
   * @param keys that sign, at least one
   */
  public static Map<String, String> of(
      String messageId, Instant now, byte[] body, List<SigningKey> keys) {
    long seconds = now.getEpochSecond();
    byte[] signed = signed(messageId, seconds, body);
    Map<String, String> out = new LinkedHashMap<>();
    out.put("webhook-id", messageId);
    out.put("webhook-timestamp", Long.toString(seconds));
    out.put(
        "webhook-signature",
        keys.stream()
            .map(key -> "v1," + Base64.getEncoder().encodeToString(key.sign(signed)))
            .collect(Collectors.joining(" ")));
    return out;
  }

  private static byte[] signed(String messageId, long seconds, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 64);
    out.writeBytes((messageId + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
    out.writeBytes(body);
    return out.toByteArray();
  }
}
