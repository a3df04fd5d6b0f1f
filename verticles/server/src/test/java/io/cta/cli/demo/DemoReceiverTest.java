package io.cta.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.webhook.SigningKey;
import io.cta.server.webhook.WebhookHeaders;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The receiver of the demo believes what is signed, and nothing else. */
@Timeout(60)
class DemoReceiverTest {
  private static final String BODY = "{\"type\":\"execution.finished\"}";
  private final DemoReceiver receiver = DemoReceiver.start();

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void whatIsSignedNowIsTaken() throws Exception {
    assertEquals(204, send(signed(receiver.key(), Instant.now())));
    assertEquals("msg_1", receiver.next(10).orElseThrow().id());
  }

  @Test
  void whatIsOldSignedByAnotherOrNotSignedIsRefused() throws Exception {
    assertEquals(401, send(signed(receiver.key(), Instant.now().minus(Duration.ofHours(1)))));
    assertEquals(401, send(signed(SigningKey.random().text(), Instant.now())));
    assertEquals(401, send(Map.of()));
    assertTrue(receiver.next(0).isEmpty());
  }

  private static Map<String, String> signed(String key, Instant at) {
    byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
    return WebhookHeaders.of("msg_1", at, body, List.of(SigningKey.parse("key", key)));
  }

  private int send(Map<String, String> headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(receiver.url()))
            .timeout(Duration.ofSeconds(20))
            .POST(HttpRequest.BodyPublishers.ofString(BODY));
    headers.forEach(request::header);
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.discarding()).statusCode();
  }
}
