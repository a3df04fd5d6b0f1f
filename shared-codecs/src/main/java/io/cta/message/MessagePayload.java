package io.cta.message;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.cta.json.JsonMapping;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/**
 * The content of a message, in the form in which it came: a record, JSON text or a tree. Text is
 * read into a record, and a record written, without a tree in between. Safe from any thread, as
 * long as nobody changes the tree.
 */
@JsonSerialize(using = MessagePayload.Writer.class)
@JsonDeserialize(using = MessagePayload.Reader.class)
public final class MessagePayload {
  private final Object record;
  private final byte[] text;
  private volatile JsonObject tree;

  private MessagePayload(Object record, byte[] text, JsonObject tree) {
    this.record = record;
    this.text = text;
    this.tree = tree;
  }

  /**
   * @param value a record, or a tree
   */
  public static MessagePayload of(Object value) {
    return value instanceof JsonObject tree
        ? new MessagePayload(null, null, tree)
        : new MessagePayload(value, null, null);
  }

  /** One JSON object in UTF-8; not to be changed any more. */
  static MessagePayload ofText(byte[] text) {
    return new MessagePayload(null, text, null);
  }

  /** The content as a record; content that does not fit is an INVALID failure. */
  public <T> T as(Class<T> type) {
    if (type.isInstance(record)) {
      return type.cast(record);
    }
    return text != null ? JsonMapping.decode(text, type) : JsonMapping.fromObject(tree(), type);
  }

  /** The content as a tree; not to be changed. */
  public JsonObject tree() {
    if (tree == null) {
      tree = record != null ? JsonMapping.toObject(record) : new JsonObject(Buffer.buffer(text));
    }
    return tree;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MessagePayload payload && tree().equals(payload.tree());
  }

  @Override
  public int hashCode() {
    return tree().hashCode();
  }

  @Override
  public String toString() {
    return tree().encode();
  }

  static final class Writer extends StdSerializer<MessagePayload> {
    Writer() {
      super(MessagePayload.class);
    }

    @Override
    public void serialize(MessagePayload payload, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      provider.defaultSerializeValue(payload.record != null ? payload.record : payload.tree(), out);
    }
  }

  static final class Reader extends StdDeserializer<MessagePayload> {
    Reader() {
      super(MessagePayload.class);
    }

    @Override
    public MessagePayload deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      return of(context.readValue(in, JsonObject.class));
    }
  }
}
