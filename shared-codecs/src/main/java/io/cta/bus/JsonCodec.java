package io.cta.bus;

import io.cta.json.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Carries a record over the event bus: by identity within the JVM, as JSON between nodes. The wire
 * form is a four-byte length and that many bytes of UTF-8 JSON.
 */
final class JsonCodec<T> implements MessageCodec<T, T> {
  private final Class<T> type;

  JsonCodec(Class<T> type) {
    this.type = type;
  }

  @Override
  public void encodeToWire(Buffer out, T value) {
    Buffer json = Json.encode(value);
    out.appendInt(json.length()).appendBuffer(json);
  }

  @Override
  public T decodeFromWire(int pos, Buffer in) {
    int length = in.getInt(pos);
    return Json.decode(in.slice(pos + 4, pos + 4 + length), type);
  }

  @Override
  public T transform(T value) {
    return value;
  }

  @Override
  public String name() {
    return type.getName() + "/1";
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
