package io.cta.server.api;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Says whether a value follows a schema, keyword by keyword as JSON Schema 2020-12 defines them:
 * slow, simple, and no code of the library that the server checks with.
 */
final class PlainSchemaCheck {
  private final JsonObject contract;

  PlainSchemaCheck(JsonObject contract) {
    this.contract = contract;
  }

  boolean follows(JsonObject schema, Object value) {
    for (Map.Entry<String, Object> keyword : schema) {
      if (!holds(keyword.getKey(), keyword.getValue(), schema, value)) {
        return false;
      }
    }
    return true;
  }

  private boolean holds(String keyword, Object said, JsonObject schema, Object value) {
    return switch (keyword) {
      case "$ref" -> follows(referred((String) said), value);
      case "type" -> said instanceof JsonArray any ? anyType(any, value) : type(said, value);
      case "enum" -> ((JsonArray) said).contains(value);
      case "if" -> condition(schema, (JsonObject) said, value);
      case "minimum" -> !(value instanceof Number n) || compare(n, said) >= 0;
      case "maximum" -> !(value instanceof Number n) || compare(n, said) <= 0;
      case "minLength" -> !(value instanceof String s) || length(s) >= (int) said;
      case "maxLength" -> !(value instanceof String s) || length(s) <= (int) said;
      case "pattern" -> !(value instanceof String s) || found((String) said, s);
      case "minItems" -> !(value instanceof JsonArray a) || a.size() >= (int) said;
      case "maxItems" -> !(value instanceof JsonArray a) || a.size() <= (int) said;
      case "items" -> !(value instanceof JsonArray a) || items((JsonObject) said, a);
      case "maxProperties" -> !(value instanceof JsonObject o) || o.size() <= (int) said;
      case "properties" -> !(value instanceof JsonObject o) || known((JsonObject) said, o);
      case "propertyNames" -> !(value instanceof JsonObject o) || names((JsonObject) said, o);
      case "additionalProperties" -> !(value instanceof JsonObject o) || unknown(said, schema, o);
      case "required" ->
          !(value instanceof JsonObject o)
              || ((JsonArray) said).stream().allMatch(n -> o.containsKey((String) n));
      default -> true;
    };
  }

  private JsonObject referred(String ref) {
    JsonObject at = contract;
    for (String step : ref.substring("#/".length()).split("/")) {
      at = at.getJsonObject(step);
    }
    return at;
  }

  private boolean condition(JsonObject schema, JsonObject condition, Object value) {
    JsonObject next = schema.getJsonObject(follows(condition, value) ? "then" : "else");
    return next == null || follows(next, value);
  }

  private static boolean anyType(JsonArray types, Object value) {
    return types.stream().anyMatch(type -> type(type, value));
  }

  private static boolean type(Object type, Object value) {
    return switch ((String) type) {
      case "object" -> value instanceof JsonObject;
      case "array" -> value instanceof JsonArray;
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "integer" ->
          value instanceof Number n
              && new BigDecimal(n.toString()).remainder(BigDecimal.ONE).signum() == 0;
      default -> throw new IllegalArgumentException("unknown type " + type);
    };
  }

  private static int compare(Number value, Object limit) {
    return new BigDecimal(value.toString()).compareTo(new BigDecimal(limit.toString()));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** A last dollar is the end of the text, not of its last line. */
  private static boolean found(String pattern, String text) {
    String whole =
        pattern.endsWith("$") ? pattern.substring(0, pattern.length() - 1) + "\\z" : pattern;
    return Pattern.compile(whole).matcher(text).find();
  }

  private boolean items(JsonObject schema, JsonArray values) {
    for (int i = 0; i < values.size(); i++) {
      if (!follows(schema, values.getValue(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean known(JsonObject properties, JsonObject value) {
    return properties.fieldNames().stream()
        .filter(value::containsKey)
        .allMatch(name -> follows(properties.getJsonObject(name), value.getValue(name)));
  }

  private boolean names(JsonObject schema, JsonObject value) {
    return value.fieldNames().stream().allMatch(name -> follows(schema, name));
  }

  private boolean unknown(Object said, JsonObject schema, JsonObject value) {
    JsonObject known = schema.getJsonObject("properties", new JsonObject());
    return value.fieldNames().stream()
        .filter(name -> !known.containsKey(name))
        .allMatch(
            name ->
                said instanceof JsonObject other
                    ? follows(other, value.getValue(name))
                    : (Boolean) said);
  }
}
