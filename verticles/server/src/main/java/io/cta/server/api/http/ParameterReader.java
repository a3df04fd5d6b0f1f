package io.cta.server.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cta.server.api.contract.FieldError;
import io.cta.server.api.contract.InvalidInput;
import io.cta.server.api.contract.OperationInput.OperationParameter;
import io.cta.server.http.PercentDecoder;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.Operation;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads a request's parameters as values of the types that the contract gives them, decoded once:
 * headers not at all, and path parameters without reading a plus sign as a blank. A name such as
 * {@code 1.5} stays a text.
 */
final class ParameterReader {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,100}");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ParameterReader() {}

  /** The parameters that are given, by name; what is wrong about any is added to the errors. */
  static Map<String, JsonNode> read(
      RoutingContext ctx,
      Operation operation,
      List<OperationParameter> parameters,
      List<FieldError> errors) {
    Map<String, JsonNode> values = new HashMap<>();
    Map<String, List<String>> query = QueryParameters.of(ctx);
    for (OperationParameter parameter : parameters) {
      String name = parameter.name();
      String text = text(ctx, operation, parameter, query);
      if (text != null) {
        JsonNode value = value(parameter, text);
        parameter.validator().errors(value).forEach(error -> errors.add(error.below(name)));
        values.put(name, value);
      } else if (parameter.required()) {
        errors.add(new FieldError(name, "is required"));
      }
    }
    return values;
  }

  /** The parameter as it was sent, null if it was not. */
  private static String text(
      RoutingContext ctx,
      Operation operation,
      OperationParameter parameter,
      Map<String, List<String>> query) {
    String name = parameter.name();
    return switch (parameter.in()) {
      case "header" -> ctx.request().getHeader(name);
      case "path" -> inPath(ctx, operation, name);
      case "query" -> query.getOrDefault(name, List.of()).stream().findFirst().orElse(null);
      default -> throw new IllegalStateException("no parameter is in a " + parameter.in());
    };
  }

  /** A text that is not of the parameter's type stays a text, which the contract then refuses. */
  private static JsonNode value(OperationParameter parameter, String text) {
    return switch (parameter.type()) {
      case "integer" -> WHOLE_NUMBER.matcher(text).matches() ? number(text) : NODES.textNode(text);
      case "boolean" ->
          text.equals("true") || text.equals("false")
              ? NODES.booleanNode(text.equals("true"))
              : NODES.textNode(text);
      case "array" -> words(text);
      case "string" -> NODES.textNode(text);
      default -> throw new IllegalStateException("no parameter is " + parameter.type());
    };
  }

  private static JsonNode number(String text) {
    BigInteger number = new BigInteger(text);
    return number.bitLength() < Long.SIZE
        ? NODES.numberNode(number.longValue())
        : NODES.numberNode(number);
  }

  private static ArrayNode words(String text) {
    ArrayNode words = NODES.arrayNode();
    if (!text.isEmpty()) {
      List.of(text.split(",")).forEach(words::add);
    }
    return words;
  }

  private static String inPath(RoutingContext ctx, Operation operation, String name) {
    String[] template = operation.getAbsoluteOpenAPIPath().split("/");
    String[] steps = ctx.request().path().split("/");
    for (int i = 0; i < template.length && i < steps.length; i++) {
      if (template[i].equals("{" + name + "}")) {
        try {
          return PercentDecoder.decode(steps[i]);
        } catch (IllegalArgumentException e) {
          throw new InvalidInput(name, "is malformed");
        }
      }
    }
    return null;
  }
}
