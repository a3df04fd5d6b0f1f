package io.cta.message;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.cta.json.JsonContent;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/** The content of a message. */
@JsonSerialize(using = MessagePayload.Writer.class)
@JsonDeserialize(using = MessagePayload.Reader.class)
public final class MessagePayload extends JsonContent {
  private MessagePayload(Object record, byte[] text, JsonObject tree) {
    super(record, text, tree);
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

  static final class Writer extends StdSerializer<MessagePayload> {
    Writer() {
      super(MessagePayload.class);
    }

    @Override
    public void serialize(MessagePayload payload, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      Object record = payload.record();
      provider.defaultSerializeValue(record != null ? record : payload.tree(), out);
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
