package io.cta.server.gateway;

import static io.cta.broker.TestEventLoop.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.ManualConsumer;
import io.cta.broker.websocket.LinkFrame;
import io.cta.broker.websocket.WebSocketLink;
import io.cta.message.QueueNames;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.NetClient;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection that breaks the protocol is closed with the reason, and harms no other. */
@Timeout(60)
class GarbageTest extends GatewayFixture {
  /** Held, because Vert.x closes a client that is no longer reachable. */
  private NetClient netClient;

  @BeforeEach
  void setUp() {
    serve(GatewayLimits.STANDARD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "not json\n",
        "",
        "null\n",
        "[]\n",
        "{}\n",
        "{\"op\":\"dance\"}\n",
        "{\"op\":\"publish\",\"n\":1,\"queue\":\"cta.states\"}\n",
        "{\"op\":\"publish\",\"n\":1,\"queue\":\"cta.states\",\"size\":3}\n{}",
        "{\"op\":\"publish\",\"n\":1,\"queue\":\"cta.states\",\"size\":-3}\n{}",
        "{\"op\":\"publish\",\"n\":1,\"queue\":\"cta.states\",\"size\":2147483647}\n{}",
        "{\"op\":\"publish\",\"n\":1,\"queue\":\"cta.states\",\"size\":2147483600}\n{}",
        "{\"op\":\"publish\",\"n\":1,\"queue\":\"cta.states\",\"size\":99999999999}\n{}",
        "{\"op\":\"publish\",\"n\":\"one\",\"queue\":\"cta.states\",\"size\":2}\n{}",
        "{\"op\":\"subscribe\",\"n\":1,\"queue\":\"q\",\"prefetch\":0}\n",
        "{\"op\":\"deliver\",\"n\":1,\"d\":1,\"size\":1}\nx",
        "{\"op\":\"pause\",\"n\":1}\nrest",
        "\n\n\n"
      })
  void a_frame_that_makes_no_sense_is_answered_with_an_error_and_ends_the_connection(String text) {
    String error = errorAfter(Buffer.buffer(text));
    assertTrue(error.contains("\"op\":\"error\""), error);
    assertTrue(error.contains("\"text\":\""), error);
    assertEquals(1, server.gateway.counts().garbage());
    anotherAgentWorks();
  }

  @Test
  void a_first_line_without_end_is_not_read_through() {
    String error = errorAfter(Buffer.buffer("x".repeat(100_000)));
    assertTrue(error.contains("at most 4 KB"), error);
  }

  @Test
  void bytes_that_are_no_text_are_garbage() {
    errorAfter(Buffer.buffer(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2}));
    assertEquals(1, server.gateway.counts().garbage());
  }

  @Test
  void a_frame_above_the_limit_ends_the_connection() {
    Promise<Void> closed = Promise.promise();
    await(
        connect(handshake("agent-m1", "s1", LinkFrame.PROTOCOL))
            .onSuccess(
                socket -> {
                  socket.closeHandler(v -> closed.tryComplete());
                  Buffer big = Buffer.buffer(new byte[LinkFrame.MAX_BYTES + 1]);
                  socket.writeFrame(WebSocketFrame.binaryFrame(big, true));
                }));
    await(closed.future());
    anotherAgentWorks();
    assertEquals(1, server.gateway.counts().garbage());
  }

  @Test
  void a_frame_that_declares_two_gigabytes_ends_the_connection_at_its_head() {
    byte[] head = {(byte) 0x82, (byte) 0xff, 0, 0, 0, 0, 0x7f, (byte) 0xff, (byte) 0xff, 0};
    String upgrade =
        "GET %s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Protocol: %s\r\n%s: s1\r\nAuthorization: Bearer agent-m1\r\n\r\n";
    Promise<Void> closed = Promise.promise();
    netClient = vertx.createNetClient();
    loop.start(
        () ->
            netClient
                .connect(server.port(), "127.0.0.1")
                .onSuccess(
                    socket -> {
                      socket.closeHandler(v -> closed.tryComplete());
                      socket.write(
                          upgrade.formatted(LinkFrame.PATH, LinkFrame.PROTOCOL, LinkFrame.SESSION));
                      // after the upgrade was accepted
                      socket.handler(answer -> socket.write(Buffer.buffer(head)));
                    }));
    await(closed.future());
    anotherAgentWorks();
    assertEquals(1, server.gateway.counts().garbage());
  }

  @Test
  void a_message_that_goes_on_for_ever_ends_the_connection() {
    Buffer part = Buffer.buffer(new byte[64 * 1024]);
    endsAfter(
        socket -> {
          socket.writeFrame(WebSocketFrame.binaryFrame(part, false));
          for (int i = 0; i < 64; i++) {
            socket.writeFrame(WebSocketFrame.continuationFrame(part, false));
          }
        });
  }

  private void endsAfter(Consumer<WebSocket> attack) {
    Promise<Void> closed = Promise.promise();
    await(
        connect(handshake("agent-m1", "s1", LinkFrame.PROTOCOL))
            .onSuccess(
                socket -> {
                  socket.closeHandler(v -> closed.tryComplete());
                  attack.accept(socket);
                }));
    await(closed.future());
    anotherAgentWorks();
  }

  /** The last text frame before the connection ended. */
  private String errorAfter(Buffer garbage) {
    Promise<String> closed = Promise.promise();
    String[] last = {""};
    loop.start(
        () ->
            client(new WebSocketClientOptions())
                .connect(handshake("agent-m1", "s1", LinkFrame.PROTOCOL))
                .onSuccess(
                    (WebSocket socket) -> {
                      socket.binaryMessageHandler(bytes -> last[0] = bytes.toString());
                      socket.closeHandler(v -> closed.complete(last[0]));
                      socket.writeBinaryMessage(garbage);
                    }));
    return await(closed.future());
  }

  private void anotherAgentWorks() {
    WebSocketLink link = link("m2", "s1", new RecordingLinkListener());
    await(link.connect());
    ManualConsumer registration = reading(QueueNames.REGISTRATION, 10);
    assertEquals("m1", gone(registration).machineId());
    Future<Void> confirmed = link.publish(QueueNames.REGISTRATION, heartbeat("m2"));
    registration.next().ack();
    await(confirmed);
  }
}
