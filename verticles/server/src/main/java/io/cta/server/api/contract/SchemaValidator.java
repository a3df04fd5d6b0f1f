package io.cta.server.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Set;

/** Checks values against one schema of the contract. Safe from any thread. */
public final class SchemaValidator {
  /** What has more values than these is told its first fault only: each fault takes memory. */
  static final int MAX_VALUES = 50_000;

  private final JsonSchema schema;
  private final JsonNode contract;

  /**
   * @param contract where the schema is from, with the wording of its rules
   */
  SchemaValidator(JsonSchema schema, JsonNode contract) {
    this.schema = schema;
    this.contract = contract;
    // now, not in the middle of the first request
    schema.initializeValidators();
  }

  /** The rules that the value breaks; empty if none. */
  public List<FieldError> errors(JsonNode value) {
    boolean large = left(value, MAX_VALUES) < 0;
    Set<ValidationMessage> broken = schema.validate(value, context -> context.setFailFast(large));
    return broken.isEmpty() ? List.of() : SchemaErrors.of(broken, contract);
  }

  /** What is left of a number of values after those of a tree; below 0 if they are more. */
  private static int left(JsonNode value, int values) {
    int left = values - 1;
    for (JsonNode part : value) {
      if (left < 0) {
        break;
      }
      left = left(part, left);
    }
    return left;
  }
}
