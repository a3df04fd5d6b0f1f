package io.cta.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/**
 * Who says what in an event, read without making anything of the rest: whatever the event's size
 * and content, nothing is kept of it. What is read here is what {@link MessageEnvelope#decode}
 * reads: an event that could be understood in two ways is INVALID.
 *
 * @param source who sent it, as it says itself; null when it does not
 * @param machineId the payload's, null when it has none
 */
public record EnvelopeOutline(String type, String source, String machineId) {
  /** Brokers carry more; no agent sends it. */
  public static final int MAX_BYTES = 2 * 1024 * 1024;

  /** An event's content is flat but for what a test says of itself. */
  public static final int MAX_DEPTH = 100;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNameLength(4096)
                  .maxNumberLength(100)
                  .build())
          .build();

  /** Reads the outline; what is no envelope, or has a field twice, is an INVALID failure. */
  public static EnvelopeOutline read(Buffer bytes) {
    if (bytes.length() > MAX_BYTES) {
      throw invalid("an event has at most " + MAX_BYTES + " bytes, not " + bytes.length());
    }
    try (JsonParser in = JSON.createParser(bytes.getBytes())) {
      return new Reading(in).outline();
    } catch (IOException e) {
      throw invalid("malformed JSON: " + said(e));
    }
  }

  /** The id of the machine whose agent it says it is from, or null. */
  public String sender() {
    return MessageSource.machineOf(source);
  }

  private static String said(IOException e) {
    String text =
        e instanceof com.fasterxml.jackson.core.JsonProcessingException json
            ? json.getOriginalMessage()
            : e.getMessage();
    return text == null || text.length() <= 300 ? text : text.substring(0, 300);
  }

  private static ServiceFailure invalid(String text) {
    return new ServiceFailure(ErrorCode.INVALID, text);
  }

  /** One pass over the tokens. */
  private static final class Reading {
    private final JsonParser in;
    private String type;
    private String source;
    private String machineId;
    private boolean payload;

    Reading(JsonParser in) {
      this.in = in;
    }

    EnvelopeOutline outline() throws IOException {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw invalid("not an envelope: it must be a JSON object");
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case "type" -> type = once("type", type);
          case "source" -> source = once("source", source);
          case "payload" -> payload();
          default -> in.skipChildren();
        }
      }
      if (in.nextToken() != null) {
        throw invalid("not an envelope: something follows it");
      }
      if (type == null || !payload) {
        throw invalid("not an envelope: id, type and payload are required");
      }
      return new EnvelopeOutline(type, source, machineId);
    }

    private void payload() throws IOException {
      if (payload || in.currentToken() != JsonToken.START_OBJECT) {
        throw invalid("not an envelope: payload must be one object");
      }
      payload = true;
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        boolean machine = in.currentName().equals("machineId");
        in.nextToken();
        if (machine) {
          machineId = once("machineId", machineId);
        } else {
          in.skipChildren();
        }
      }
    }

    private String once(String field, String before) throws IOException {
      if (in.currentToken() == JsonToken.VALUE_NULL && before == null) {
        return null;
      }
      if (before != null || in.currentToken() != JsonToken.VALUE_STRING) {
        throw invalid("not an envelope: " + field + " must be one text");
      }
      return in.getText();
    }
  }
}
