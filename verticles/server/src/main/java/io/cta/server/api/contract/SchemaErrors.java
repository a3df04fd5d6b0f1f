package io.cta.server.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Words what a JSON Schema validator found for people, from the keyword, its value in the contract
 * and the place in the value. Pure.
 */
final class SchemaErrors {
  /** Beside a rule of the contract, how to say it. */
  static final String WORDING = "x-rule";

  private static final int MAX_ERRORS = 50;

  private SchemaErrors() {}

  /** The errors; {@code contract} has the wording of rules. */
  static List<FieldError> of(Set<ValidationMessage> broken, JsonNode contract) {
    Set<JsonNodePath> mistyped =
        broken.stream()
            .filter(SchemaErrors::ofType)
            .map(ValidationMessage::getInstanceLocation)
            .collect(Collectors.toSet());
    return broken.stream()
        // a value of a wrong type breaks the other rules of its field only because of that
        .filter(error -> ofType(error) || !mistyped.contains(error.getInstanceLocation()))
        .map(error -> new FieldError(field(error), rule(error, contract)))
        .distinct()
        .limit(MAX_ERRORS)
        .toList();
  }

  private static boolean ofType(ValidationMessage error) {
    return error.getType().equals("type");
  }

  private static String rule(ValidationMessage error, JsonNode contract) {
    JsonNode said = error.getSchemaNode();
    return switch (error.getType()) {
      case "required" -> "is required";
      case "additionalProperties" -> "is not known here";
      case "type" -> "must be " + list(said, " or ") + ", not " + type(error.getInstanceNode());
      case "enum" -> "must be one of " + list(said, ", ");
      case "minimum" -> "must be at least " + said.asText();
      case "maximum" -> "must be at most " + said.asText();
      case "minLength" -> "must have at least " + said.asText() + " characters";
      case "maxLength" -> "must have at most " + said.asText() + " characters";
      case "minItems" -> "must have at least " + said.asText() + " items";
      case "maxItems" -> "must have at most " + said.asText() + " items";
      case "maxProperties" -> "must have at most " + said.asText() + " entries";
      case "propertyNames" -> wording(said);
      case "pattern" -> wording(around(error.getSchemaLocation().getFragment(), contract));
      default -> throw new IllegalStateException("no words for " + error.getSchemaLocation());
    };
  }

  /** The field as {@code tests[0].name}. */
  private static String field(ValidationMessage error) {
    StringBuilder out = new StringBuilder();
    JsonNodePath path = error.getInstanceLocation();
    for (int i = 0; i < path.getNameCount(); i++) {
      if (path.getElement(i) instanceof Integer index) {
        out.append('[').append(index).append(']');
      } else {
        out.append(out.isEmpty() ? "" : ".").append(path.getName(i));
      }
    }
    String property = error.getProperty();
    return property == null ? out.toString() : out + (out.isEmpty() ? "" : ".") + property;
  }

  /** The schema that a keyword is in. */
  private static JsonNode around(JsonNodePath keyword, JsonNode contract) {
    JsonNode schema = contract;
    for (int i = 0; i < keyword.getNameCount() - 1; i++) {
      schema =
          keyword.getElement(i) instanceof Integer index
              ? schema.path(index)
              : schema.path(keyword.getName(i));
    }
    return schema;
  }

  private static String wording(JsonNode schema) {
    return schema.path(WORDING).asText("has the wrong form");
  }

  private static String list(JsonNode said, String between) {
    return said.isArray()
        ? StreamSupport.stream(said.spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(between))
        : said.asText();
  }

  private static String type(JsonNode value) {
    return value.getNodeType().name().toLowerCase(Locale.ROOT);
  }
}
