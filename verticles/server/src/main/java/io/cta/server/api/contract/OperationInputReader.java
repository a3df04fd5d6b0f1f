package io.cta.server.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.cta.server.api.contract.OperationInput.OperationParameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads from the contract what each of its operations takes. */
final class OperationInputReader {
  private static final String PATHS = "paths";
  private static final String PARAMETERS = "parameters";
  private static final String SCHEMA = "schema";

  private final ContractSchemas schemas;

  OperationInputReader(ContractSchemas schemas) {
    this.schemas = schemas;
  }

  /** The inputs, by the operation's id. */
  Map<String, OperationInput> read() {
    Map<String, OperationInput> inputs = new HashMap<>();
    for (Map.Entry<String, JsonNode> path : node(List.of(PATHS)).properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        if (!method.getKey().equals(PARAMETERS)) {
          List<String> place = List.of(PATHS, path.getKey());
          inputs.put(
              method.getValue().path("operationId").textValue(),
              input(place, below(place, method.getKey())));
        }
      }
    }
    return Map.copyOf(inputs);
  }

  private OperationInput input(List<String> path, List<String> method) {
    List<OperationParameter> parameters =
        Stream.of(path, method).flatMap(owner -> parameters(below(owner, PARAMETERS))).toList();
    List<String> body = below(method, "requestBody");
    boolean bytes = node(body).path("content").has("application/octet-stream");
    return node(body).isMissingNode() || bytes
        ? new OperationInput(parameters, null, false, bytes)
        : new OperationInput(
            parameters,
            schemas.at(below(body, "content", "application/json", SCHEMA)),
            node(body).path("required").asBoolean(),
            false);
  }

  private Stream<OperationParameter> parameters(List<String> all) {
    return IntStream.range(0, node(all).size())
        .mapToObj(i -> parameter(schemas.followed(below(all, String.valueOf(i)))));
  }

  private OperationParameter parameter(List<String> place) {
    List<String> schema = schemas.followed(below(place, SCHEMA));
    return new OperationParameter(
        node(place).path("name").textValue(),
        node(place).path("in").textValue(),
        node(schema).path("type").asText(),
        node(place).path("required").asBoolean(),
        schemas.at(schema));
  }

  private JsonNode node(List<String> place) {
    return schemas.node(place);
  }

  private static List<String> below(List<String> place, String... steps) {
    List<String> all = new ArrayList<>(place);
    all.addAll(List.of(steps));
    return List.copyOf(all);
  }
}
