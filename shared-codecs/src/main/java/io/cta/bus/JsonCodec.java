package io.cta.bus;

import io.cta.json.JsonMapping;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/**
 * Carries a record over the event bus: by identity within the JVM, as JSON between nodes. The wire
 * form is a four-byte length and that many bytes of UTF-8 JSON.
 */
final class JsonCodec<T> implements MessageCodec<T, T> {
  private final String name;
  private final Class<T> type;

  /**
   * @param name with the version of the wire form, as {@code thing/1}
   */
  JsonCodec(String name, Class<T> type) {
    this.name = name;
    this.type = type;
  }

  @Override
  public void encodeToWire(Buffer out, T value) {
    Buffer json = JsonMapping.encode(value);
    out.appendInt(json.length()).appendBuffer(json);
  }

  @Override
  public T decodeFromWire(int pos, Buffer in) {
    int length = in.getInt(pos);
    return JsonMapping.decode(in.slice(pos + 4, pos + 4 + length), type);
  }

  @Override
  public T transform(T value) {
    return value;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
