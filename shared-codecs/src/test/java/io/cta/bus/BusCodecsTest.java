package io.cta.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.error.ServiceFailure;
import io.cta.message.MessageEnvelope;
import io.cta.message.MessagePayload;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every record of the bus comes out of its wire form as it went in. */
@Timeout(30)
class BusCodecsTest {
  static Stream<Class<? extends Record>> records() {
    return Stream.of(
        ReceivedEvent.class,
        ExecutionRef.class,
        MachineCommand.class,
        TaskChanged.class,
        ExecutionChanged.class,
        MachineChanged.class,
        StatusesStored.class,
        LogStored.class,
        MachineHeard.class,
        DispatchRequest.class,
        SessionQuery.class,
        IdentityRefused.class);
  }

  @ParameterizedTest
  @MethodSource("records")
  void comesBackWhole(Class<? extends Record> type) {
    roundTrip(type);
  }

  @ParameterizedTest
  @MethodSource("records")
  void isRegistered(Class<? extends Record> type) {
    Vertx vertx = Vertx.vertx();
    try {
      BusCodecs.register(vertx);
      Record value = RecordFixtures.of(type);
      vertx.eventBus().<Object>localConsumer("echo", m -> m.reply(m.body()));
      assertSame(value, vertx.eventBus().<Object>request("echo", value).await().body());
      assertThrows(IllegalStateException.class, () -> BusCodecs.register(vertx));
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void aMegabyteOfTextInManyAlphabetsComesBackWhole() {
    String text = RecordFixtures.TEXT.repeat(1 + (1 << 20) / bytes(RecordFixtures.TEXT));
    MessageEnvelope big =
        new MessageEnvelope(
            "id", "type", null, "source", 1, MessagePayload.of(new JsonObject().put("text", text)));
    MessageCodec<MessageEnvelope, MessageEnvelope> codec =
        new JsonCodec<>("envelope/1", MessageEnvelope.class);
    Buffer wire = Buffer.buffer();
    codec.encodeToWire(wire, big);
    MessageEnvelope back = codec.decodeFromWire(0, wire);
    assertEquals(text, back.payload().tree().getString("text"));
  }

  @Test
  void anEnvelopeTravelsThroughABrokerUnchanged() {
    MessageEnvelope envelope = RecordFixtures.of(MessageEnvelope.class);
    assertEquals(envelope, MessageEnvelope.decode(envelope.encode()));
  }

  @Test
  void whatIsNoEnvelopeIsRefused() {
    for (String text : new String[] {"", "{", "[]", "null", "{\"id\":\"1\",\"type\":\"t\"}"}) {
      assertThrows(ServiceFailure.class, () -> MessageEnvelope.decode(Buffer.buffer(text)), text);
    }
  }

  private static <T extends Record> void roundTrip(Class<T> type) {
    T value = RecordFixtures.of(type);
    JsonCodec<T> codec = new JsonCodec<>(type.getSimpleName(), type);
    Buffer wire = Buffer.buffer("what came before");
    int start = wire.length();
    codec.encodeToWire(wire, value);
    wire.appendString("what follows");
    assertEquals(value, codec.decodeFromWire(start, wire));
    assertSame(value, codec.transform(value));
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
