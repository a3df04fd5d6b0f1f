package io.cta.message;

import io.cta.domain.Ids;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * What travels through a broker, in JSON. The attributes follow CloudEvents 1.0 (id, type, time,
 * source); {@code schema} is the version of the payload, {@code payload} its content.
 *
 * @param id stays the same when the message is sent again
 * @param source who sent it, for example {@code agent/01J…} or {@code server}
 */
public record Envelope(
    String id, String type, Instant time, String source, int schema, JsonObject payload) {
  public static final int SCHEMA = 1;

  public static Envelope of(String type, String source, Object payload) {
    return new Envelope(Ids.next(), type, Instant.now(), source, SCHEMA, Json.toObject(payload));
  }

  public Buffer encode() {
    return Json.encode(this);
  }

  /** Reads an envelope; anything else is a {@link ServiceFailure} with code INVALID. */
  public static Envelope decode(Buffer bytes) {
    Envelope e = Json.decode(bytes, Envelope.class);
    if (e == null || e.type == null || e.id == null || e.payload == null) {
      throw new ServiceFailure(
          ErrorCode.INVALID, "not an envelope: id, type and payload are required");
    }
    return e;
  }

  public <T> T payloadAs(Class<T> type) {
    return Json.fromObject(payload, type);
  }
}
