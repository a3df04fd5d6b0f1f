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
 * The type, source, machine and execution of an event, read without decoding or keeping the rest,
 * whatever its size and content. The values are those that {@link MessageEnvelope#decode} reads: an
 * event that could be read in two ways is INVALID.
 *
 * @param source the sender that the event claims, null when it names none
 * @param machineId the machine that the payload names, null when it names none
 * @param executionId the execution that the payload names, null when it names none
 */
public record EnvelopeOutline(String type, String source, String machineId, String executionId) {
  /** Brokers carry larger events, but no agent sends one. */
  public static final int MAX_BYTES = 2 * 1024 * 1024;

  /** An event's content is flat, except for the custom data of a test. */
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

  /**
   * Reads the outline; anything that is no envelope, or has one of these fields twice, is an
   * INVALID failure.
   */
  public static EnvelopeOutline read(Buffer bytes) {
    if (bytes.length() > MAX_BYTES) {
      throw invalid("an event has at most " + MAX_BYTES + " bytes, not " + bytes.length());
    }
    try (JsonParser in = JSON.createParser(bytes.getBytes())) {
      return new TokenReader(in).outline();
    } catch (IOException e) {
      throw invalid("malformed JSON: " + originalMessage(e));
    }
  }

  /** The id of the machine whose agent it claims to be from, or null. */
  public String sender() {
    return MessageSource.machineOf(source);
  }

  private static String originalMessage(IOException e) {
    String text =
        e instanceof com.fasterxml.jackson.core.JsonProcessingException json
            ? json.getOriginalMessage()
            : e.getMessage();
    return text == null || text.length() <= 300 ? text : text.substring(0, 300);
  }

  private static ServiceFailure invalid(String text) {
    return new ServiceFailure(ErrorCode.INVALID, text);
  }

  /** Reads the tokens once. */
  private static final class TokenReader {
    private final JsonParser in;
    private String type;
    private String source;
    private String machineId;
    private String executionId;
    private boolean payload;

    TokenReader(JsonParser in) {
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
          case "type" -> type = textOnce("type", type);
          case "source" -> source = textOnce("source", source);
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
      return new EnvelopeOutline(type, source, machineId, executionId);
    }

    private void payload() throws IOException {
      if (payload || in.currentToken() != JsonToken.START_OBJECT) {
        throw invalid("not an envelope: payload must be one object");
      }
      payload = true;
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case "machineId" -> machineId = textOnce(name, machineId);
          case "executionId" -> executionId = textOnce(name, executionId);
          default -> in.skipChildren();
        }
      }
    }

    private String textOnce(String field, String before) throws IOException {
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
