package io.cta.server.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is signed here the specification's own library verifies. */
class WebhookHeadersTest {
  private static final String BODY = "{\"type\":\"execution.finished\",\"data\":{\"n\":\"ü🚀\"}}";

  @Test
  void theSignatureIsThatOfAKnownMessage() {
    Map<String, String> headers =
        WebhookHeaders.of(
            "msg_01JTEST0000000000000000000",
            Instant.ofEpochSecond(1_767_225_600L),
            "{\"type\":\"execution.finished\",\"data\":{\"id\":\"01J\",\"result\":\"ok\"}}"
                .getBytes(StandardCharsets.UTF_8),
            List.of(SigningKey.parse("key", "whsec_Y3RhLXN0YW5kYXJkLXdlYmhvb2tzLXRlc3Qta2V5LTE=")));
    assertEquals(
        Map.of(
            "webhook-id",
            "msg_01JTEST0000000000000000000",
            "webhook-timestamp",
            "1767225600",
            "webhook-signature",
            "v1,wCuzWbitLfp+7zVNFT48iDTHoaPTyhP/SRpVkB5aCeY="),
        headers);
  }

  @Test
  void bothKeysVerifyWhileOneFollowsTheOther() throws Exception {
    SigningKey old = SigningKey.random();
    SigningKey next = SigningKey.random();
    HttpHeaders headers = headers(List.of(next, old));
    new Webhook(old.text()).verify(BODY, headers);
    new Webhook(next.text()).verify(BODY, headers);
    assertThrows(
        WebhookVerificationException.class,
        () -> new Webhook(SigningKey.random().text()).verify(BODY, headers));
  }

  @Test
  void anotherBodyIsNotVerified() {
    SigningKey key = SigningKey.random();
    HttpHeaders headers = headers(List.of(key));
    assertThrows(
        WebhookVerificationException.class,
        () -> new Webhook(key.text()).verify(BODY + " ", headers));
  }

  private static HttpHeaders headers(List<SigningKey> keys) {
    Map<String, List<String>> out = new TreeMap<>();
    WebhookHeaders.of("msg_1", Instant.now(), BODY.getBytes(StandardCharsets.UTF_8), keys)
        .forEach((name, value) -> out.put(name, List.of(value)));
    return HttpHeaders.of(out, (name, value) -> true);
  }
}
