package io.cta.server.gateway;

import static io.cta.broker.OnContext.await;

import io.cta.broker.OnContext;
import io.cta.broker.QueueSpec;
import io.cta.broker.Taken;
import io.cta.broker.websocket.Frame;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.message.Envelope;
import io.cta.message.MachineGone;
import io.cta.message.MessageSource;
import io.cta.message.Queues;
import io.cta.message.Types;
import io.cta.time.Ticker;
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

/** What the tests of the gateway share: a server, links, and raw connections that misbehave. */
abstract class GatewayFixture {
  final Vertx vertx = Vertx.vertx();
  final OnContext loop = new OnContext(vertx);
  private final List<WebSocketLink> links = new ArrayList<>();

  /** Held here: a client that nobody holds any more is closed, and its connections with it. */
  private final List<Object> held = new ArrayList<>();

  GatewayServer server;

  @AfterEach
  void shut() {
    links.forEach(link -> await(link.close()));
    await(vertx.close());
  }

  GatewayServer serve(Limits limits) {
    server = new GatewayServer(vertx, limits);
    for (String queue : List.of(Queues.REGISTRATION, Queues.STATES, Queues.RESULTS)) {
      loop.call(() -> server.broker.declare(queue, QueueSpec.events()));
    }
    return server;
  }

  WebSocketLink link(String machine, String session, HeardLink heard) {
    return link(server.port(), machine, session, heard);
  }

  WebSocketLink link(int port, String machine, String session, HeardLink heard) {
    WebSocketLink link =
        new WebSocketLink(
            vertx, Ticker.system(), GatewayServer.options(port, machine, session), heard);
    links.add(link);
    return link;
  }

  Taken reading(String queue, int prefetch) {
    Taken taken = new Taken();
    loop.call(() -> server.broker.subscribe(queue, prefetch, taken));
    return taken;
  }

  /** The next message of the registration queue, which must say that a machine is gone. */
  static MachineGone gone(Taken registration) {
    Taken.Delivery next = registration.next();
    next.ack();
    Envelope envelope = Envelope.decode(next.message());
    if (!envelope.type().equals(Types.MACHINE_GONE)) {
      throw new AssertionError("not machine.gone but " + envelope.type());
    }
    return envelope.payloadAs(MachineGone.class);
  }

  static Buffer heartbeat(String machineId) {
    return Envelope.of(
            Types.MACHINE_HEARTBEAT,
            MessageSource.ofAgent(machineId),
            new JsonObject().put("machineId", machineId))
        .encode();
  }

  WebSocketConnectOptions door(String token, String session, String protocol) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(server.port())
            .setURI(Frame.PATH)
            .putHeader("Authorization", "Bearer " + token)
            .putHeader(Frame.SESSION, session);
    return protocol == null ? options : options.addSubProtocol(protocol);
  }

  WebSocketClient client(WebSocketClientOptions options) {
    WebSocketClient client = vertx.createWebSocketClient(options);
    held.add(client);
    return client;
  }

  Future<WebSocket> knock(WebSocketConnectOptions door) {
    WebSocketClientOptions roomy =
        new WebSocketClientOptions()
            .setMaxFrameSize(2 * Frame.MAX_BYTES)
            .setMaxMessageSize(2 * Frame.MAX_BYTES);
    return loop.start(() -> client(roomy).connect(door));
  }
}
