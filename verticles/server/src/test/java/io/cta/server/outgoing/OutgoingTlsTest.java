package io.cta.server.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over TLS the name counts, although the address is connected to. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class OutgoingTlsTest {
  private static final SelfSignedCertificate ours = SelfSignedCertificate.create("hooks.example");
  private static final SelfSignedCertificate other = SelfSignedCertificate.create("other.example");

  private final Vertx vertx = Vertx.vertx();
  private final List<String> names = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @AfterAll
  static void delete() {
    ours.delete();
    other.delete();
  }

  @Test
  void theServerIsToldTheNameAndProvesIt() {
    assertEquals(200, post(ours, new HttpClientOptions().setTrustOptions(ours.trustOptions())));
    assertEquals(List.of("hooks.example"), names);
  }

  @Test
  void aCertificateOfAnotherNameIsRefused() {
    HttpClientOptions trusting = new HttpClientOptions().setTrustOptions(other.trustOptions());
    assertThrows(OutgoingFailure.class, () -> post(other, trusting));
    assertEquals(List.of(), names);
  }

  @Test
  void aCertificateThatNobodyKnowsIsRefused() {
    assertThrows(OutgoingFailure.class, () -> post(ours, new HttpClientOptions()));
    assertEquals(List.of(), names);
  }

  /** Held, because Vert.x closes a client that is no longer reachable. */
  private OutgoingClient client;

  private int post(SelfSignedCertificate certificate, HttpClientOptions options) {
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setSni(true)
                    .setKeyCertOptions(certificate.keyCertOptions()))
            .requestHandler(
                request -> {
                  names.add(request.connection().indicatedServerName());
                  request.response().end();
                })
            .listen(0, "127.0.0.1")
            .await();
    client =
        new OutgoingClient(
            vertx,
            host -> Future.succeededFuture(List.of(InetAddress.getLoopbackAddress())),
            new AddressGuard(OutgoingAllow.parse("hooks.example")),
            options);
    OutgoingUrl url = OutgoingUrl.parse("url", "https://hooks.example:" + server.actualPort());
    return client.post(url, Map.of(), Buffer.buffer("x"), Duration.ofSeconds(20)).await().status();
  }
}
