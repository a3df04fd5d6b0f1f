package io.cta.bus;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Carries a failed reply between nodes with code, field, text and time to wait, as JSON. Within the
 * JVM the failure itself goes over.
 */
final class FailureReplyCodec implements MessageCodec<FailureReply, FailureReply> {
  /**
   * The failure in JSON.
   *
   * @param text for people; null when field and rule say everything
   */
  private record WireFailure(
      String code, String field, String rule, String text, long retrySeconds) {
    static WireFailure of(ServiceFailure failure) {
      boolean input = failure.field() != null;
      return new WireFailure(
          failure.code().code(),
          failure.field(),
          failure.rule(),
          input ? null : failure.getMessage(),
          failure.retrySeconds());
    }

    ServiceFailure failure() {
      if (field != null) {
        return ServiceFailure.ofField(ErrorCode.ofCode(code), field, rule);
      }
      return retrySeconds > 0
          ? ServiceFailure.tooMany(text, retrySeconds)
          : new ServiceFailure(ErrorCode.ofCode(code), text);
    }
  }

  private final JsonCodec<WireFailure> json =
      new JsonCodec<>("io.cta.bus.FailureReply/1", WireFailure.class);

  @Override
  public void encodeToWire(Buffer out, FailureReply reply) {
    json.encodeToWire(out, WireFailure.of(reply.failure()));
  }

  @Override
  public FailureReply decodeFromWire(int pos, Buffer in) {
    return new FailureReply(json.decodeFromWire(pos, in).failure());
  }

  @Override
  public FailureReply transform(FailureReply reply) {
    return reply;
  }

  @Override
  public String name() {
    return json.name();
  }

  @Override
  public byte systemCodecID() {
    return json.systemCodecID();
  }
}
