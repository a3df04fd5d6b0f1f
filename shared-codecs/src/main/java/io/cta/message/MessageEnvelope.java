package io.cta.message;

import io.cta.domain.IdGenerator;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.JsonMapping;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/**
 * A message that travels through a broker, in JSON. The attributes follow CloudEvents 1.0 (id,
 * type, time, source); {@code schema} is the version of the payload, {@code payload} its content.
 *
 * @param id stays the same when the message is sent again
 * @param source who sent it, for example {@code agent/01J…} or {@code server}
 */
public record MessageEnvelope(
    String id, String type, Instant time, String source, int schema, MessagePayload payload) {
  public static final int SCHEMA = 1;

  public static MessageEnvelope of(String type, String source, Object payload) {
    return new MessageEnvelope(
        IdGenerator.next(), type, Instant.now(), source, SCHEMA, MessagePayload.of(payload));
  }

  public Buffer encode() {
    return JsonMapping.encode(this);
  }

  /** Reads an envelope; anything else is a {@link ServiceFailure} with code INVALID. */
  public static MessageEnvelope decode(Buffer bytes) {
    byte[] text = bytes.getBytes();
    MessageEnvelope usual = EnvelopeReader.read(text);
    if (usual != null) {
      return usual;
    }
    MessageEnvelope e = JsonMapping.decode(text, MessageEnvelope.class);
    if (e == null || e.type == null || e.id == null || e.payload == null) {
      throw new ServiceFailure(
          ErrorCode.INVALID, "not an envelope: id, type and payload are required");
    }
    return e;
  }

  public <T> T payloadAs(Class<T> type) {
    return payload.as(type);
  }
}
