package io.cta.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cta.json.InstantText;
import io.cta.json.JsonMapping;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;

/** Reads envelopes in their usual form, and cuts the payload out as text. */
final class EnvelopeReader {
  private final byte[] bytes;
  private String id;
  private String type;
  private Instant time;
  private String source;
  private int schema;
  private MessagePayload payload;

  private EnvelopeReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The envelope, or null when it is in another form, or is none. */
  static MessageEnvelope read(byte[] bytes) {
    try (JsonParser in = JsonMapping.mapper().getFactory().createParser(bytes)) {
      return new EnvelopeReader(bytes).read(in);
    } catch (IOException | DateTimeParseException e) {
      return null;
    }
  }

  private MessageEnvelope read(JsonParser in) throws IOException {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      return null;
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      JsonToken value = in.nextToken();
      if (!field(name, value, in)) {
        return null;
      }
    }
    return in.nextToken() == null && id != null && type != null && payload != null
        ? new MessageEnvelope(id, type, time, source, schema, payload)
        : null;
  }

  /** False when a field of the envelope has another kind of value than usual. */
  private boolean field(String name, JsonToken value, JsonParser in) throws IOException {
    JsonToken usual =
        switch (name) {
          case "id", "type", "time", "source" -> JsonToken.VALUE_STRING;
          case "schema" -> JsonToken.VALUE_NUMBER_INT;
          case "payload" -> JsonToken.START_OBJECT;
          default -> value;
        };
    if (value != usual) {
      return false;
    }
    switch (name) {
      case "id" -> id = in.getText();
      case "type" -> type = in.getText();
      case "time" -> time = InstantText.parse(in.getText());
      case "source" -> source = in.getText();
      case "schema" -> schema = in.getIntValue();
      case "payload" -> payload = MessagePayload.ofText(object(in));
      default -> in.skipChildren();
    }
    return true;
  }

  private byte[] object(JsonParser in) throws IOException {
    int from = (int) in.currentTokenLocation().getByteOffset();
    in.skipChildren();
    return Arrays.copyOfRange(bytes, from, (int) in.currentLocation().getByteOffset());
  }
}
