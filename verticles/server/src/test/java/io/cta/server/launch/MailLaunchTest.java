package io.cta.server.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.server.api.ApiServer;
import io.cta.server.dashboard.RunningServer;
import io.cta.server.mail.RecordingMailServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SelfSignedCertificate;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server sends letters when its configuration says how, and else refuses to be asked for any. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class MailLaunchTest {
  private final Vertx vertx = Vertx.vertx();
  private final SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
  private RunningServer server;
  @TempDir private Path dir;

  @AfterEach
  void close() throws Exception {
    server.close();
    vertx.close().await(20, TimeUnit.SECONDS);
    certificate.delete();
  }

  @Test
  void withoutAMailServerAddressesAreRefused() throws Exception {
    start(Map.of());
    HttpResponse<String> refused = server.send("/scenarios", scenario());
    assertEquals(400, refused.statusCode());
    assertTrue(refused.body().contains("after[0].notify.email"), refused.body());
    assertTrue(refused.body().contains("CTA_MAIL_HOST"), refused.body());
  }

  @Test
  void theEndOfAnExecutionIsWrittenToAPerson() throws Exception {
    try (RecordingMailServer mail = new RecordingMailServer(vertx, certificate)) {
      start(
          Map.of(
              "CTA_MAIL_HOST",
              "localhost",
              "CTA_MAIL_PORT",
              String.valueOf(mail.port()),
              "CTA_MAIL_TRUST",
              certificate.certificatePath(),
              "CTA_MAIL_USER",
              RecordingMailServer.USER,
              "CTA_MAIL_PASSWORD",
              RecordingMailServer.PASSWORD,
              "CTA_MAIL_FROM",
              "cta@example.org"));
      server.post("/scenarios", scenario());
      String id =
          server.post("/executions", new JsonObject().put("scenario", "nightly")).getString("id");
      server.post("/executions/" + id + "/cancel", new JsonObject());
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !mail.received.isEmpty());
      RecordingMailServer.Received letter = mail.received.get(0);
      assertEquals("ann@example.org", letter.to());
      assertTrue(letter.head().contains("Subject: [cta] nightly cancelled"), letter.head());
    }
  }

  private void start(Map<String, String> more) throws Exception {
    server = new RunningServer(vertx, dir, more);
    server.post("/testsuites", ApiServer.suite("suite", "one"));
    server.post("/configurations", new JsonObject().put("name", "any"));
  }

  private static JsonObject scenario() {
    JsonObject notify = new JsonObject().put("email", new JsonArray().add("ann@example.org"));
    return ApiServer.scenario("nightly", "suite", "any")
        .put("after", new JsonArray().add(new JsonObject().put("notify", notify)));
  }
}
