package io.cta.server.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LiveGarbageTest {
  private WatchingClient client;

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
            .pingMillis(20_000)
            .recheckMillis(60_000)
            .build();
    LiveServer server =
        new LiveServer(vertx).start(limits).toCompletionStage().toCompletableFuture().get();
    client = WatchingClient.asViewer(server, "fleet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "[]",
        "{",
        "{}",
        "42",
        "{\"publish\":[\"fleet\"]}",
        "{\"auth\":7}",
        "{\"subscribe\":\"fleet\"}",
        "{\"subscribe\":[\"cta.task.changed\"]}",
        "{\"subscribe\":[\"execution.../x\"]}",
        "{\"subscribe\":[null]}",
      })
  void anUnknownMessageClosesWithAReason(String message) {
    client.socket.writeTextMessage(message);
    String closed = client.closed();
    assertTrue(closed.matches("4400 (message|auth|subscribe) .+"), closed);
  }

  @Test
  void aBinaryMessageClosesWithAReason() {
    client.socket.writeBinaryMessage(Buffer.buffer(new byte[] {1, 2, 3}));
    assertEquals("4400 messages must be text", client.closed());
  }

  @Test
  void aMessageThatIsTooLongClosesWithAReason() {
    client.say(new JsonObject().put("auth", "x".repeat(5_000)));
    assertEquals("4413 messages have at most 4096 bytes", client.closed());
  }

  @Test
  void tooManyTopicsCloseWithAReason() {
    client.say(new JsonObject("{\"subscribe\":[\"log.a\",\"log.b\",\"log.c\"]}"));
    assertEquals("4429 at most 3 topics", client.closed());
  }
}
