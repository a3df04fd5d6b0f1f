package io.cta.server.gateway;

import static io.cta.broker.OnContext.await;

import io.cta.broker.Taken;
import io.cta.broker.websocket.LinkOptions;
import io.cta.broker.websocket.Liveness;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.message.Queues;
import io.cta.time.Ticker;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Links over TLS trust whom they are told to trust, and nobody else. */
@Timeout(60)
class SecureLinkTest {
  private static final SelfSignedCertificate certificate =
      SelfSignedCertificate.create("localhost");

  private final Vertx vertx = Vertx.vertx();
  private final GatewayServer server =
      new GatewayServer(
          vertx,
          Limits.STANDARD,
          new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions()));
  private final HeardLink heard = new HeardLink();

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
            vertx, Ticker.system(), https().trusting(certificate.trustOptions(), false), heard));
  }

  @Test
  void any_certificate_is_good_when_all_are_trusted() {
    works(new WebSocketLink(vertx, Ticker.system(), https().trusting(null, true), heard));
  }

  @Test
  void an_unknown_certificate_is_not_connected_to() {
    WebSocketLink link = new WebSocketLink(vertx, Ticker.system(), https(), heard);
    link.connect();
    heard.next("down");
    await(link.close());
  }

  private void works(WebSocketLink link) {
    await(link.connect());
    Taken taken = new Taken();
    await(link.subscribe(Queues.machine("m1"), 1, taken));
    await(server.broker.publish(Queues.machine("m1"), Buffer.buffer("secret")));
    taken.ack("secret");
    await(link.close());
  }

  private LinkOptions https() {
    return LinkOptions.of(URI.create("https://localhost:" + server.port()), "agent-m1", "s1")
        .with(Liveness.LINK, GatewayServer.SOON);
  }
}
