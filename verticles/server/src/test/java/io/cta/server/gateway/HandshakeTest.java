package io.cta.server.gateway;

import static io.cta.broker.TestEventLoop.await;
import static io.cta.broker.TestEventLoop.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.ManualConsumer;
import io.cta.broker.websocket.LinkFrame;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.message.MachineGone;
import io.cta.message.QueueNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocketConnectOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which connections are accepted, and which error the others get. */
@Timeout(60)
class HandshakeTest extends GatewayFixture {
  private final RecordingLinkListener first = new RecordingLinkListener();
  private final RecordingLinkListener second = new RecordingLinkListener();

  /** Held, because Vert.x closes a client that is no longer reachable. */
  private HttpClient client;

  @BeforeEach
  void setUp() {
    serve(GatewayLimits.STANDARD);
  }

  @Test
  void an_unknown_token_is_refused_with_401() {
    refused(handshake("stolen", "s1", LinkFrame.PROTOCOL), 401, "unknown token");
    assertEquals(1, server.gateway.counts().refused());
  }

  @Test
  void a_persons_token_is_refused_with_403() {
    refused(handshake("person", "s1", LinkFrame.PROTOCOL), 403, "not an agent's");
  }

  @Test
  void another_version_of_the_protocol_is_refused_and_both_versions_are_named() {
    refused(
        handshake("agent-m1", "s1", "cta.link.9"), 400, "cta.link.1, the agent offers cta.link.9");
    refused(handshake("agent-m1", "s1", null), 400, "this server speaks cta.link.1");
  }

  @Test
  void a_session_without_a_proper_name_is_refused() {
    refused(handshake("agent-m1", "", LinkFrame.PROTOCOL), 400, "X-CTA-Session");
    refused(handshake("agent-m1", "x y", LinkFrame.PROTOCOL), 400, "X-CTA-Session");
  }

  @Test
  void an_agent_whose_upgrade_was_lost_is_told_of_the_proxy() {
    WebSocketConnectOptions asked = handshake("agent-m1", "s1", LinkFrame.PROTOCOL);
    client = vertx.createHttpClient();
    String body =
        await(
            client
                .request(HttpMethod.GET, asked.getPort(), "127.0.0.1", LinkFrame.PATH)
                .compose(
                    request ->
                        request
                            .putHeader(LinkFrame.SESSION, "s1")
                            .send()
                            .compose(HttpClientResponse::body))
                .map(Buffer::toString));
    assertTrue(body.contains("a proxy removed the upgrade; see conf/deploy/nginx.conf"), body);
  }

  @Test
  void a_link_tells_its_agent_why_it_was_refused() {
    WebSocketLink link = link("m1", "bad session", first);
    assertTrue(failure(link.connect()).getMessage().contains("X-CTA-Session"));
    assertTrue(first.next("400").contains("X-CTA-Session"));
  }

  @Test
  void a_second_session_of_a_machine_is_refused_while_the_first_answers() {
    await(link("m1", "s1", first).connect());
    String text = failure(link("m1", "s2", second).connect()).getMessage();
    assertTrue(text.contains("machine m1 is already connected from 127.0.0.1"), text);
    assertTrue(text.contains("session s1"), text);
    assertEquals("409: " + text, second.next("409"));
    assertEquals(1, server.gateway.counts().connected());
  }

  @Test
  void a_refused_session_gets_in_once_the_first_has_left() {
    WebSocketLink holder = link("m1", "s1", first);
    await(holder.connect());
    link("m1", "s2", second).connect();
    second.next("409");
    await(holder.close());
    second.next("up");
  }

  @Test
  void a_second_session_takes_the_place_of_one_that_no_longer_answers() {
    StallingProxy proxy = new StallingProxy(vertx, server.port());
    ManualConsumer registration = reading(QueueNames.REGISTRATION, 10);
    await(link(proxy.port(), "m1", "s1", first).connect());
    proxy.stall();
    WebSocketLink next = link("m1", "s2", second);
    await(next.connect());
    MachineGone gone = gone(registration);
    assertEquals("s1", gone.session());
    assertTrue(gone.reason().contains("did not answer"), gone.reason());
    proxy.close();
  }

  @Test
  void a_session_that_connects_again_replaces_its_own_connection_without_being_gone() {
    ManualConsumer registration = reading(QueueNames.REGISTRATION, 10);
    await(link("m1", "s1", first).connect());
    await(link("m1", "s1", second).connect());
    assertTrue(first.next("down").contains("connected again"));
    registration.nothingMore();
  }

  @Test
  void an_answer_that_is_not_from_here_is_said_to_be_a_proxys() {
    HttpServer proxy =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request ->
                        request.response().setStatusCode(502).end("<html>Bad Gateway</html>"))
                .listen(0, "127.0.0.1"));
    link(proxy.actualPort(), "m1", "s1", first).connect();
    assertTrue(first.next("down").contains("HTTP 502, and not from CTA: a proxy answers at http"));
    await(proxy.close());
  }

  @Test
  void a_machine_whose_connection_ends_is_said_to_be_gone() {
    ManualConsumer registration = reading(QueueNames.REGISTRATION, 10);
    WebSocketLink link = link("m1", "s1", first);
    await(link.connect());
    await(link.close());
    MachineGone gone = gone(registration);
    assertEquals("m1", gone.machineId());
    assertEquals("s1", gone.session());
  }

  @Test
  void a_gateway_that_closes_lets_its_sessions_go_silently() {
    ManualConsumer registration = reading(QueueNames.REGISTRATION, 10);
    await(link("m1", "s1", first).connect());
    loop.run(server.gateway::close);
    assertTrue(first.next("down").contains("going down"));
    registration.nothingMore();
  }

  private void refused(WebSocketConnectOptions handshake, int status, String text) {
    UpgradeRejectedException no = (UpgradeRejectedException) failure(connect(handshake));
    assertEquals(status, no.getStatus());
    String body = no.getBody().toString();
    assertTrue(body.contains(text), body);
    assertEquals("application/problem+json", no.getHeaders().get("Content-Type"));
  }
}
