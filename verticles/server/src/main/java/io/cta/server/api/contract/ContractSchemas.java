package io.cta.server.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.PathType;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.DatabindCodec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The validators of the contract's schemas, each made once and shared by all who refer to the same
 * schema. The contract is one document, and its references stay within it: nothing is loaded from
 * anywhere. Safe from any thread.
 */
final class ContractSchemas {
  private static final String REF = "$ref";

  private final JsonNode contract;
  private final JsonSchema document;
  private final Map<List<String>, SchemaValidator> made = new ConcurrentHashMap<>();
  private final Map<String, OperationInput> inputs;

  ContractSchemas(JsonObject whole, ContractDialect dialect) {
    ObjectNode read = DatabindCodec.mapper().valueToTree(whole);
    contract = read.retain("paths", "components");
    document = dialect.read(contract);
    inputs = new OperationInputReader(this).read();
  }

  /** What the operation with that id takes. */
  OperationInput input(String operation) {
    return inputs.get(operation);
  }

  SchemaValidator component(String name) {
    return at(List.of("components", "schemas", name));
  }

  /** The validator of the schema at that place of the contract, or of the one that it refers to. */
  SchemaValidator at(List<String> place) {
    List<String> schema = followed(place);
    return made.computeIfAbsent(schema, this::make);
  }

  /** The place itself, or if there is but a reference the place to which it leads. */
  List<String> followed(List<String> place) {
    JsonNode found = node(place);
    return found.size() == 1 && found.has(REF)
        ? followed(List.of(found.get(REF).textValue().substring("#/".length()).split("/")))
        : place;
  }

  JsonNode node(List<String> place) {
    JsonNode at = contract;
    for (String step : place) {
      at = at.isArray() ? at.path(Integer.parseInt(step)) : at.path(step);
    }
    return at;
  }

  private SchemaValidator make(List<String> place) {
    JsonNodePath path = new JsonNodePath(PathType.JSON_POINTER);
    for (int i = 0; i < place.size(); i++) {
      boolean item = node(place.subList(0, i)).isArray();
      path = item ? path.append(Integer.parseInt(place.get(i))) : path.append(place.get(i));
    }
    return new SchemaValidator(document.getSubSchema(path), contract);
  }
}
