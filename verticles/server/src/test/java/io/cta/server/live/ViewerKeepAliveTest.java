package io.cta.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ViewerKeepAliveTest {
  private LiveServer server;

  /** Held, because Vert.x closes a client that is no longer reachable. */
  private NetClient netClient;

  @BeforeEach
  void start(Vertx vertx) throws Exception {
    LiveLimits limits =
        LiveLimitsBuilder.builder()
            .viewers(20)
            .topics(3)
            .inboundFrame(4_096)
            .unsentChars(65_536)
            .pending(50)
            .paceMillis(100)
            .helloMillis(10_000)
            .pingMillis(50)
            .recheckMillis(60_000)
            .build();
    server = new LiveServer(vertx).start(limits).toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void aViewerThatAnswersPingsStays() throws Exception {
    WatchingClient client = WatchingClient.asViewer(server, "fleet");
    CompletableFuture<Void> eightPings = new CompletableFuture<>();
    server.vertx.setTimer(400, t -> eightPings.complete(null));
    eightPings.get();
    client.subscribe("executions");
  }

  @Test
  void aViewerThatAnswersNoPingIsClosed() throws Exception {
    // a plain TCP client that does the handshake and then only listens
    String handshake =
        "GET /api/v1/live HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Authorization: Bearer viewer\r\n\r\n";
    Buffer heard = Buffer.buffer();
    CompletableFuture<String> closing = new CompletableFuture<>();
    netClient = server.vertx.createNetClient();
    NetSocket socket =
        netClient
            .connect(server.port(), "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    socket.handler(
        bytes -> {
          heard.appendBuffer(bytes);
          if (heard.toString("ISO-8859-1").contains("no answer to pings")) {
            closing.complete(heard.toString("ISO-8859-1"));
          }
        });
    socket.write(handshake);
    String all = closing.get(10, TimeUnit.SECONDS);
    assertTrue(all.startsWith("HTTP/1.1 101"));
    assertEquals(3, all.chars().filter(c -> c == '?').count(), "pings before it was given up");
    socket.close();
  }
}
