package io.cta.server.api.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words the errors of a JSON Schema validator for people: only the actual error, not every
 * enclosing schema that fails because of it. Pure.
 */
final class SchemaErrors {
  private static final Set<String> AROUND =
      Set.of(
          "properties", "items", "$ref", "if", "then", "else", "propertyNames", "oneOf", "anyOf");
  private static final String UNKNOWN = "additionalProperties";
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern LAST_NUMBER = Pattern.compile("(-?[\\d.]+)\\D*$");
  private static final int MAX_ERRORS = 50;

  private SchemaErrors() {}

  /** The errors; {@code contract} has the wording of rules ({@code x-rule}). */
  static List<FieldError> of(OutputUnit unit, JsonObject contract) {
    if (Boolean.TRUE.equals(unit.getValid()) || unit.getErrors() == null) {
      return List.of();
    }
    Set<String> explained = new HashSet<>();
    for (OutputUnit error : unit.getErrors()) {
      if (!keyword(error).equals(UNKNOWN)) {
        explained.add(error.getInstanceLocation());
      }
    }
    Set<FieldError> out = new java.util.LinkedHashSet<>();
    for (OutputUnit error : unit.getErrors()) {
      String keyword = keyword(error);
      // the validator reports a known field with a wrong value as unknown too
      boolean echo = keyword.equals(UNKNOWN) && explained.contains(error.getInstanceLocation());
      if (!AROUND.contains(keyword) && !echo) {
        out.add(error(keyword, error, contract));
      }
    }
    if (out.isEmpty()) {
      out.add(new FieldError("", "does not follow the contract"));
    }
    return out.stream().limit(MAX_ERRORS).toList();
  }

  private static FieldError error(String keyword, OutputUnit error, JsonObject contract) {
    String field = field(error.getInstanceLocation());
    String text = error.getError();
    return switch (keyword) {
      case "required" ->
          new FieldError(
              field.isEmpty() ? first(QUOTED, text) : field + "." + first(QUOTED, text),
              "is required");
      case UNKNOWN -> new FieldError(field, "is not known here");
      case "type" -> new FieldError(field, type(text));
      case "enum" -> new FieldError(field, "must be one of " + list(text));
      case "minimum" -> new FieldError(field, "must be at least " + number(text));
      case "maximum" -> new FieldError(field, "must be at most " + number(text));
      case "minLength" ->
          new FieldError(field, "must have at least " + number(text) + " characters");
      case "maxLength" ->
          new FieldError(field, "must have at most " + number(text) + " characters");
      case "minItems" -> new FieldError(field, "must have at least " + number(text) + " items");
      case "maxItems" -> new FieldError(field, "must have at most " + number(text) + " items");
      case "maxProperties" ->
          new FieldError(field, "must have at most " + number(text) + " entries");
      case "pattern" -> new FieldError(field, written(error, contract));
      default -> new FieldError(field, "is wrong: " + text);
    };
  }

  private static String keyword(OutputUnit error) {
    String location = error.getKeywordLocation();
    return location.substring(location.lastIndexOf('/') + 1);
  }

  /** {@code #/tests/0/name} as {@code tests[0].name}. */
  private static String field(String location) {
    StringBuilder out = new StringBuilder();
    for (String part : pointer(location)) {
      if (!part.isEmpty() && part.chars().allMatch(Character::isDigit)) {
        out.append('[').append(part).append(']');
      } else {
        out.append(out.isEmpty() ? "" : ".").append(part);
      }
    }
    return out.toString();
  }

  private static List<String> pointer(String location) {
    int hash = location.indexOf('#');
    List<String> parts = new ArrayList<>();
    for (String part : location.substring(hash + 1).split("/")) {
      if (!part.isEmpty()) {
        parts.add(part.replace("~1", "/").replace("~0", "~"));
      }
    }
    return parts;
  }

  private static String written(OutputUnit error, JsonObject contract) {
    Object schema = contract;
    List<String> parts = pointer(error.getAbsoluteKeywordLocation());
    for (String part : parts.subList(0, parts.size() - 1)) {
      if (schema instanceof JsonObject object) {
        schema = object.getValue(part);
      } else if (schema instanceof JsonArray array) {
        schema = array.getValue(Integer.parseInt(part));
      }
    }
    String rule = schema instanceof JsonObject object ? object.getString("x-rule") : null;
    return rule == null ? "has the wrong form" : rule;
  }

  private static String type(String text) {
    Matcher m = Pattern.compile("type (\\w+) is invalid. Expected (.*)").matcher(text);
    return m.find()
        ? "must be " + m.group(2).replace(", ", " or ") + ", not " + m.group(1)
        : "has the wrong type";
  }

  private static String list(String text) {
    return text.substring(text.indexOf('[') + 1, text.lastIndexOf(']'))
        .replace("\"", "")
        .replace(",", ", ");
  }

  private static String number(String text) {
    return first(LAST_NUMBER, text);
  }

  private static String first(Pattern pattern, String text) {
    Matcher m = pattern.matcher(text);
    return m.find() ? m.group(1) : "?";
  }
}
