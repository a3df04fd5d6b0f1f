package io.cta.server.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of the page on notifications verifies what is sent, and nothing else. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class VerificationExampleTest {
  private static final String CALLS =
      """

      import json, sys
      case = json.load(open(sys.argv[1]))
      print(verify(case["key"], case["headers"], case["body"].encode()))
      """;

  @TempDir Path dir;

  @Test
  void theExampleVerifiesWhatIsSent() throws Exception {
    SigningKey key = SigningKey.random();
    SigningKey old = SigningKey.random();
    String body = "{\"type\":\"execution.finished\",\"n\":\"ü\"}";
    Instant now = Instant.now();
    assertEquals("True", run(key, sent(body, now, List.of(key)), body));
    assertEquals("True", run(old, sent(body, now, List.of(key, old)), body));
    assertEquals("False", run(SigningKey.random(), sent(body, now, List.of(key)), body));
    assertEquals("False", run(key, sent(body, now, List.of(key)), body + " "));
    Instant late = now.minusSeconds(400);
    assertEquals("False", run(key, sent(body, late, List.of(key)), body));
  }

  private static Map<String, String> sent(String body, Instant at, List<SigningKey> keys) {
    return WebhookHeaders.of("msg_1", at, body.getBytes(StandardCharsets.UTF_8), keys);
  }

  private String run(SigningKey key, Map<String, String> headers, String body) throws Exception {
    Path script = dir.resolve("verify.py");
    Files.writeString(script, example() + CALLS);
    Path given = dir.resolve("case.json");
    JsonObject json =
        new JsonObject()
            .put("key", key.text())
            .put("headers", new JsonObject(Map.copyOf(headers)))
            .put("body", body);
    Files.writeString(given, json.encode());
    Process process;
    try {
      process =
          new ProcessBuilder("python3", script.toString(), given.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "skipped: no python3 on the PATH");
      throw e;
    }
    try {
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(20, TimeUnit.SECONDS);
      return out.strip();
    } finally {
      process.destroyForcibly();
    }
  }

  private static String example() throws IOException {
    String page = Files.readString(Path.of("../../conf/notifications.md"));
    int begin = page.indexOf("```python\n") + "```python\n".length();
    return page.substring(begin, page.indexOf("```", begin));
  }
}
