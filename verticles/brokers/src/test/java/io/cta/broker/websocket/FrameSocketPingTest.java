package io.cta.broker.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pings cost, so they go only where nothing is heard. */
@ExtendWith(VertxExtension.class)
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class FrameSocketPingTest {
  private static final Duration PING = Duration.ofMillis(5);
  private static final Duration DEADLINE = Duration.ofHours(1);
  private static final int ROUNDS = 30;

  private static final FrameSocket.Events IGNORED =
      new FrameSocket.Events() {
        @Override
        public void frame(LinkFrame frame, Buffer message) {}

        @Override
        public void writable() {}

        @Override
        public void ended(String reason, boolean garbage) {}
      };

  /** Held, because Vert.x closes a client that is no longer reachable. */
  private WebSocketClient client;

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger pongs = new AtomicInteger();

  @Test
  void onlyASilentSideIsPinged(Vertx vertx, VertxTestContext test) {
    connect(vertx)
        .onComplete(
            test.succeeding(
                socket -> {
                  FrameSocket frames =
                      new FrameSocket(
                          vertx, socket, new LivenessSettings(PING, DEADLINE), IGNORED, nanos::get);
                  frames.start();
                  frames.probe(pongs::incrementAndGet);
                  AtomicInteger rounds = new AtomicInteger();
                  vertx.setPeriodic(
                      PING.toMillis(),
                      id -> {
                        if (rounds.incrementAndGet() == ROUNDS) {
                          // the answer to the probe alone: the clock says that it has just come
                          test.verify(() -> assertEquals(1, pongs.get()));
                          nanos.addAndGet(PING.toNanos());
                        } else if (pongs.get() > 1) {
                          test.completeNow();
                        }
                      });
                }));
  }

  private Future<WebSocket> connect(Vertx vertx) {
    client = vertx.createWebSocketClient();
    return vertx
        .createHttpServer()
        .webSocketHandler(accepted -> {})
        .listen(0, "127.0.0.1")
        .compose(server -> client.connect(server.actualPort(), "127.0.0.1", "/"));
  }
}
