package io.cta.server.gateway;

import static io.cta.broker.TestEventLoop.await;

import io.cta.broker.ManualConsumer;
import io.cta.broker.QueueSpec;
import io.cta.broker.TestEventLoop;
import io.cta.broker.websocket.LinkFrame;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.message.MachineGone;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessageSource;
import io.cta.message.MessageTypes;
import io.cta.message.QueueNames;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Shared set-up of the gateway's tests: a server, links, and raw connections that misbehave. */
abstract class GatewayFixture {
  final Vertx vertx = Vertx.vertx();
  final TestEventLoop loop = new TestEventLoop(vertx);
  private final List<WebSocketLink> links = new ArrayList<>();

  /** Keeps a reference: an unreachable client is closed, and its connections with it. */
  private final List<Object> clients = new ArrayList<>();

  GatewayServer server;

  @AfterEach
  void shut() {
    links.forEach(link -> await(link.close()));
    await(vertx.close());
  }

  GatewayServer serve(GatewayLimits limits) {
    server = new GatewayServer(vertx, limits);
    for (String queue : List.of(QueueNames.REGISTRATION, QueueNames.STATES, QueueNames.RESULTS)) {
      loop.call(() -> server.broker.declare(queue, QueueSpec.events()));
    }
    return server;
  }

  WebSocketLink link(String machine, String session, RecordingLinkListener heard) {
    return link(server.port(), machine, session, heard);
  }

  WebSocketLink link(int port, String machine, String session, RecordingLinkListener heard) {
    WebSocketLink link =
        new WebSocketLink(
            vertx, MonotonicClock.system(), GatewayServer.options(port, machine, session), heard);
    links.add(link);
    return link;
  }

  ManualConsumer reading(String queue, int prefetch) {
    ManualConsumer manualConsumer = new ManualConsumer();
    loop.call(() -> server.broker.subscribe(queue, prefetch, manualConsumer));
    return manualConsumer;
  }

  /** The next message of the registration queue, which must be {@code machine.gone}. */
  static MachineGone gone(ManualConsumer registration) {
    ManualConsumer.Delivery next = registration.next();
    next.ack();
    MessageEnvelope envelope = MessageEnvelope.decode(next.message());
    if (!envelope.type().equals(MessageTypes.MACHINE_GONE)) {
      throw new AssertionError("not machine.gone but " + envelope.type());
    }
    return envelope.payloadAs(MachineGone.class);
  }

  static Buffer heartbeat(String machineId) {
    return MessageEnvelope.of(
            MessageTypes.MACHINE_HEARTBEAT,
            MessageSource.ofAgent(machineId),
            new JsonObject().put("machineId", machineId))
        .encode();
  }

  WebSocketConnectOptions handshake(String token, String session, String protocol) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(server.port())
            .setURI(LinkFrame.PATH)
            .putHeader("Authorization", "Bearer " + token)
            .putHeader(LinkFrame.SESSION, session);
    return protocol == null ? options : options.addSubProtocol(protocol);
  }

  WebSocketClient client(WebSocketClientOptions options) {
    WebSocketClient client = vertx.createWebSocketClient(options);
    clients.add(client);
    return client;
  }

  Future<WebSocket> connect(WebSocketConnectOptions handshake) {
    WebSocketClientOptions large =
        new WebSocketClientOptions()
            .setMaxFrameSize(2 * LinkFrame.MAX_BYTES)
            .setMaxMessageSize(2 * LinkFrame.MAX_BYTES);
    return loop.start(() -> client(large).connect(handshake));
  }
}
