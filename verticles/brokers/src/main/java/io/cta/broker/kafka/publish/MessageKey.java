package io.cta.broker.kafka.publish;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Finds the key of a message's record; Kafka keeps the order of records with the same key. All
 * events of an execution have the same key; of those that belong to none, all from the same source;
 * and all that cannot be read. Reads no more of a message than it needs.
 */
public final class MessageKey {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] NONE = "-".getBytes(StandardCharsets.UTF_8);

  private MessageKey() {}

  public static byte[] of(Buffer message) {
    String key = find(message);
    return key == null ? NONE : key.getBytes(StandardCharsets.UTF_8);
  }

  private static String find(Buffer message) {
    String source = null;
    try (JsonParser in = JSON.createParser(message.getBytes())) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
        JsonToken value = in.nextToken();
        if (field.equals("source") && value == JsonToken.VALUE_STRING) {
          source = in.getText();
        } else if (field.equals("payload") && value == JsonToken.START_OBJECT) {
          String execution = execution(in);
          if (execution != null) {
            return execution;
          }
        } else {
          in.skipChildren();
        }
      }
    } catch (IOException garbage) {
      return null;
    }
    return source;
  }

  private static String execution(JsonParser in) throws IOException {
    for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
      JsonToken value = in.nextToken();
      if (field.equals("executionId") && value == JsonToken.VALUE_STRING) {
        return in.getText();
      }
      in.skipChildren();
    }
    return null;
  }
}
