package io.cta.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A failure is the same failure on the other node. */
class FailureReplyCodecTest {
  private final FailureReplyCodec codec = new FailureReplyCodec();

  static Stream<ServiceFailure> failures() {
    return Stream.concat(
        Arrays.stream(ErrorCode.values()).map(code -> new ServiceFailure(code, "why: é")),
        Stream.of(
            ServiceFailure.invalid("stages[0].timeout", "must be a duration"),
            ServiceFailure.ofField(ErrorCode.TOO_LARGE, "custom", "is too large"),
            ServiceFailure.tooMany("wait", 30),
            new ServiceFailure(ErrorCode.INTERNAL, null)));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void everyPartOfAFailureCrosses(ServiceFailure sent) {
    ServiceFailure got = crossed(sent);
    assertEquals(sent.code(), got.code());
    assertEquals(sent.getMessage(), got.getMessage());
    assertEquals(sent.field(), got.field());
    assertEquals(sent.rule(), got.rule());
    assertEquals(sent.retrySeconds(), got.retrySeconds());
  }

  @Test
  void aCodeThatThisNodeDoesNotKnowIsInternal() {
    Buffer json = Buffer.buffer("{\"code\":\"from-the-future\",\"text\":\"why\"}");
    Buffer wire = Buffer.buffer().appendInt(json.length()).appendBuffer(json);
    ServiceFailure got = codec.decodeFromWire(0, wire).failure();
    assertEquals(ErrorCode.INTERNAL, got.code());
    assertEquals("why", got.getMessage());
  }

  private ServiceFailure crossed(ServiceFailure failure) {
    Buffer wire = Buffer.buffer("before");
    codec.encodeToWire(wire, new FailureReply(failure));
    return codec.decodeFromWire("before".length(), wire).failure();
  }
}
