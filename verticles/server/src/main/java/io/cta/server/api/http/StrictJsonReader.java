package io.cta.server.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cta.server.api.contract.InvalidInput;
import java.io.IOException;

/**
 * Reads a body, once. Refuses what is not JSON, and says where; and what is JSON, but can be no
 * value of any field: a name that is there twice, a NUL, a number that overflows. Pure.
 */
final class StrictJsonReader {
  /** Real definitions are nested only a few levels deep. */
  private static final int MAX_DEPTH = 100;

  private static final JsonFactory STRICT =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(100)
                  .maxNameLength(65_536)
                  .build())
          .build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private StrictJsonReader() {}

  static JsonNode read(byte[] body) {
    try (JsonParser parser = STRICT.createParser(body)) {
      parser.nextToken();
      JsonNode value = value(parser);
      if (parser.nextToken() != null) {
        throw new InvalidInput("", "must be one JSON value");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new InvalidInput("", "is not JSON" + place(e.getLocation()) + e.getOriginalMessage());
    } catch (IOException e) {
      throw new InvalidInput("", "cannot be read");
    }
  }

  /** The value that begins with the current token; the parser limits how deep this calls itself. */
  private static JsonNode value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new InvalidInput("", "must be one JSON value");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> NODES.textNode(text(parser));
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> fraction(parser);
      case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(token == JsonToken.VALUE_TRUE);
      default -> NODES.nullNode();
    };
  }

  private static ObjectNode object(JsonParser parser) throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = text(parser);
      if (name.startsWith("#")) {
        // the validator takes such names for comments, and would let them pass
        throw new InvalidInput(field(parser), "is not known here");
      }
      parser.nextToken();
      object.set(name, value(parser));
    }
    return object;
  }

  private static ArrayNode array(JsonParser parser) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  private static JsonNode integer(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  private static JsonNode fraction(JsonParser parser) throws IOException {
    double value = parser.getDoubleValue();
    if (Double.isInfinite(value)) {
      throw new InvalidInput(field(parser), "is too large a number");
    }
    return NODES.numberNode(value);
  }

  /** The text of a name or a value; no file, variable or process can have a NUL in it. */
  private static String text(JsonParser parser) throws IOException {
    String text = parser.getText();
    if (text.indexOf('\0') >= 0) {
      throw new InvalidInput(field(parser), "must not have a NUL character");
    }
    return text;
  }

  private static String place(JsonLocation at) {
    return at == null ? ": " : " at line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
  }

  /** The path of the current field, as {@code tests[0].env.LEVEL}. */
  private static String field(JsonParser parser) {
    StringBuilder out = new StringBuilder();
    for (JsonStreamContext c = parser.getParsingContext(); !c.inRoot(); c = c.getParent()) {
      String step = c.inArray() ? "[" + c.getCurrentIndex() + "]" : c.getCurrentName();
      boolean dot = !out.isEmpty() && out.charAt(0) != '[';
      out.insert(0, (step == null ? "" : step) + (dot ? "." : ""));
    }
    return out.toString();
  }
}
