package io.cta.agent.report.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.cta.text.TextCut;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;

/**
 * Walks through JSON value by value. The caller consumes every value it is given, by {@link
 * #object}, {@link #array}, {@link #text} or {@link #skip}.
 */
final class JsonCursor implements Closeable {
  private static final int MAX_TEXT_CHARS = 40_000;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(200)
                  .maxStringLength(20_000_000)
                  .build())
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          // field names come from other programs, and must not stay in memory
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private final JsonParser json;

  JsonCursor(Reader in) throws IOException {
    json = FACTORY.createParser(in);
  }

  /** Reads a field; the cursor is at its value. */
  interface FieldReader {
    void read(String name) throws IOException;
  }

  /** Reads an element; the cursor is at it. */
  interface ElementReader {
    void read() throws IOException;
  }

  /** Goes to the next value at the top; false at the end. */
  boolean nextValue() throws IOException {
    return json.nextToken() != null;
  }

  /** Goes through the fields of an object; skips anything else. */
  void object(FieldReader reader) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      skip();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      reader.read(name);
    }
  }

  /** Goes through the elements of an array; anything else counts as the only element. */
  void array(ElementReader reader) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      reader.read();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      reader.read();
    }
  }

  boolean isArray() {
    return json.currentToken() == JsonToken.START_ARRAY;
  }

  boolean isObject() {
    return json.currentToken() == JsonToken.START_OBJECT;
  }

  /** The text of a string, number or truth value, up to the limit; null for anything else. */
  String text() throws IOException {
    JsonToken token = json.currentToken();
    if (token == null || token == JsonToken.VALUE_NULL || !token.isScalarValue()) {
      skip();
      return null;
    }
    return TextCut.shortened(json.getText(), MAX_TEXT_CHARS);
  }

  /** A number that is not negative; 0 for anything else. */
  double number() throws IOException {
    String text = text();
    return text != null && text.matches("[0-9]{1,17}(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?")
        ? Double.parseDouble(text)
        : 0;
  }

  void skip() throws IOException {
    json.skipChildren();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
