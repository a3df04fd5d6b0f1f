package io.cta.broker.rabbitmq;

import static io.cta.broker.TestEventLoop.await;
import static io.cta.broker.TestEventLoop.failure;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.KeptPort;
import io.cta.broker.LinkListener;
import io.cta.broker.ManualConsumer;
import io.cta.broker.QueueSpec;
import io.cta.broker.rabbitmq.connection.CloseReason;
import io.cta.broker.rabbitmq.connection.RabbitSettings;
import io.cta.broker.rabbitmq.connection.TlsTrustSettings;
import io.cta.broker.rabbitmq.topology.TopologyAdmin;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.time.TimeSource;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which logins the server takes and which certificates the broker trusts. The certificate is of
 * {@code localhost} only.
 */
@Timeout(120)
class RabbitTlsTest {
  private static final String PASSWORD = "test-store-password";
  private static final int PORT = KeptPort.next();

  @TempDir static Path dir;
  private static RabbitServer server;

  private final Vertx vertx = Vertx.vertx();

  @BeforeAll
  static void start() throws Exception {
    makeCertificate();
    server =
        RabbitServer.started(
            "listeners.ssl.1 = 127.0.0.1:" + PORT,
            "ssl_options.certfile = " + dir.resolve("cert.pem"),
            "ssl_options.keyfile = " + dir.resolve("key.pem"),
            "ssl_options.verify = verify_none");
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void messages_travel_by_tls_when_certificate_and_host_are_right() {
    for (TlsTrustSettings tlsTrustSettings :
        new TlsTrustSettings[] {pem(), new TlsTrustSettings(dir.resolve("store.p12"), PASSWORD)}) {
      RabbitBroker broker =
          broker(uri("localhost").withTls(tlsTrustSettings), new LinkListener() {});
      await(broker.connect());
      await(broker.declare("cta.tls", QueueSpec.commands()));
      await(broker.publish("cta.tls", Buffer.buffer("secret")));
      ManualConsumer manualConsumer = new ManualConsumer();
      await(broker.subscribe("cta.tls", 1, manualConsumer));
      manualConsumer.ack("secret");
      await(broker.delete("cta.tls"));
      await(broker.close());
    }
  }

  @Test
  void a_certificate_of_an_unknown_issuer_is_not_trusted() {
    assertTrue(
        downBecause(uri("localhost")).contains("path"),
        "the system's certificates do not cover it");
  }

  @Test
  void a_certificate_of_another_host_is_not_trusted() {
    String why = downBecause(uri("127.0.0.1").withTls(pem()));
    assertTrue(why.contains("127.0.0.1"), why);
  }

  @Test
  void the_client_for_queues_checks_the_host_too() {
    RabbitSettings wrong = uri("127.0.0.1").withTls(pem());
    TopologyAdmin topologyAdmin =
        new TopologyAdmin(vertx, vertx.createSharedWorkerExecutor("test", 2), wrong);
    Promise<Void> made = Promise.promise();
    vertx.runOnContext(v -> topologyAdmin.base().onComplete(made));
    String why = CloseReason.of(failure(made.future())).text();
    assertTrue(why.contains("127.0.0.1"), why);
  }

  @Test
  void a_wrong_password_is_refused_and_stays_secret() {
    Promise<String> refused = Promise.promise();
    RabbitBroker broker =
        broker(
            uri("localhost").withTls(pem()).withCredentials("guest", "wrong-secret"),
            new LinkListener() {
              @Override
              public void refused(int status, String text, long retryMillis) {
                refused.tryComplete(status + " " + text);
              }
            });
    ServiceFailure why = (ServiceFailure) failure(broker.connect());
    assertEquals(ErrorCode.UNAUTHENTICATED, why.code());
    String said = await(refused.future()) + why.getMessage() + await(broker.health()).detail();
    assertTrue(said.startsWith("401"), said);
    assertFalse(said.contains("wrong-secret"), said);
    await(broker.close());
  }

  private String downBecause(RabbitSettings settings) {
    Promise<String> down = Promise.promise();
    RabbitBroker broker =
        broker(
            settings,
            new LinkListener() {
              @Override
              public void down(String reason, long retryMillis) {
                down.tryComplete(reason);
              }
            });
    broker.connect();
    String reason = await(down.future());
    await(broker.close());
    return reason;
  }

  private RabbitBroker broker(RabbitSettings settings, LinkListener listener) {
    return new RabbitBroker(vertx, TimeSource.system(), settings, listener);
  }

  private static RabbitSettings uri(String host) {
    return RabbitSettings.of("amqps://guest:guest@" + host + ":" + PORT);
  }

  private static TlsTrustSettings pem() {
    return new TlsTrustSettings(dir.resolve("cert.pem"), null);
  }

  private static void makeCertificate()
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = dir.resolve("store.p12");
    Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    String[] command = {
      tool.toString(),
      "-genkeypair",
      "-keystore",
      store.toString(),
      "-storetype",
      "PKCS12",
      "-storepass",
      PASSWORD,
      "-alias",
      "server",
      "-keyalg",
      "EC",
      "-validity",
      "2",
      "-dname",
      "CN=localhost",
      "-ext",
      "san=dns:localhost",
      "-ext",
      "bc=ca:true"
    };
    Process made = new ProcessBuilder(command).redirectErrorStream(true).start();
    made.getOutputStream().close();
    assertTrue(made.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, made.exitValue());
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    write("cert.pem", "CERTIFICATE", keys.getCertificate("server").getEncoded());
    byte[] key = keys.getKey("server", PASSWORD.toCharArray()).getEncoded();
    write("key.pem", "PRIVATE KEY", key);
    // a trust store holds the certificate without the key
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("server", keys.getCertificate("server"));
    try (var out = Files.newOutputStream(store)) {
      trust.store(out, PASSWORD.toCharArray());
    }
  }

  private static void write(String name, String kind, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    Files.writeString(
        dir.resolve(name),
        "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
  }
}
