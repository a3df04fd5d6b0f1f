package io.cta.cli.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Checks the arguments of tools. The SDK's own validator needs another version of the library than
 * the server has. Any thread.
 */
final class ArgumentValidator implements JsonSchemaValidator {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final JsonSchemaFactory factory =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  @Override
  public ValidationResponse validate(Map<String, Object> schema, Object content) {
    JsonSchema rules = factory.getSchema(MAPPER.<JsonNode>valueToTree(schema));
    JsonNode value = MAPPER.valueToTree(content);
    String broken =
        rules.validate(value).stream()
            .map(ValidationMessage::getMessage)
            .collect(Collectors.joining("; "));
    return broken.isEmpty()
        ? ValidationResponse.asValid(value.toString())
        : ValidationResponse.asInvalid(broken);
  }
}
