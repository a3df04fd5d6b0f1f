package io.cta.server.gateway;

import static io.cta.broker.TestEventLoop.await;

import io.cta.broker.ManualConsumer;
import io.cta.broker.websocket.LinkOptions;
import io.cta.broker.websocket.LivenessSettings;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.message.QueueNames;
import io.cta.time.MonotonicClock;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A link over TLS accepts only the certificates it is configured to trust. */
@Timeout(60)
class SecureLinkTest {
  private static final SelfSignedCertificate certificate =
      SelfSignedCertificate.create("localhost");

  private final Vertx vertx = Vertx.vertx();
  private final GatewayServer server =
      new GatewayServer(
          vertx,
          GatewayLimits.STANDARD,
          new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions()));
  private final RecordingLinkListener heard = new RecordingLinkListener();

  @AfterEach
  void end() {
    await(vertx.close());
  }

  @AfterAll
  static void forget() {
    certificate.delete();
  }

  @Test
  void a_certificate_that_is_trusted_is_good() {
    works(
        new WebSocketLink(
            vertx,
            MonotonicClock.system(),
            https().trusting(certificate.trustOptions(), false),
            heard));
  }

  @Test
  void any_certificate_is_good_when_all_are_trusted() {
    works(new WebSocketLink(vertx, MonotonicClock.system(), https().trusting(null, true), heard));
  }

  @Test
  void an_unknown_certificate_is_not_connected_to() {
    WebSocketLink link = new WebSocketLink(vertx, MonotonicClock.system(), https(), heard);
    link.connect();
    heard.next("down");
    await(link.close());
  }

  private void works(WebSocketLink link) {
    await(link.connect());
    ManualConsumer manualConsumer = new ManualConsumer();
    await(link.subscribe(QueueNames.machine("m1"), 1, manualConsumer));
    await(server.broker.publish(QueueNames.machine("m1"), Buffer.buffer("secret")));
    manualConsumer.ack("secret");
    await(link.close());
  }

  private LinkOptions https() {
    return LinkOptions.of(URI.create("https://localhost:" + server.port()), "agent-m1", "s1")
        .with(LivenessSettings.LINK, GatewayServer.SOON);
  }
}
