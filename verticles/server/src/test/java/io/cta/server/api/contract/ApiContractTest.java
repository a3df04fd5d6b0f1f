package io.cta.server.api.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cta.server.api.ContractLoader;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract itself. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ApiContractTest {
  private static ApiContract contract;

  @BeforeAll
  static void load() {
    contract = ContractLoader.load();
  }

  static Stream<String> schemasWithExamples() {
    JsonObject schemas =
        ContractFileReader.read().getJsonObject("components").getJsonObject("schemas");
    return schemas.fieldNames().stream()
        .filter(name -> schemas.getJsonObject(name).containsKey("example"))
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("schemasWithExamples")
  void everyExampleFollowsItsSchema(String name) {
    JsonObject example =
        contract
            .whole()
            .getJsonObject("components")
            .getJsonObject("schemas")
            .getJsonObject(name)
            .getJsonObject("example");
    assertEquals(List.of(), contract.errors(name, example));
  }

  @Test
  void everyRequestBodyHasAnExampleAndAllowsNoUnknownField() {
    JsonObject schemas = contract.whole().getJsonObject("components").getJsonObject("schemas");
    for (Map.Entry<String, Object> path : contract.whole().getJsonObject("paths")) {
      for (Map.Entry<String, Object> method : (JsonObject) path.getValue()) {
        if (method.getValue() instanceof JsonObject op && takesJson(op)) {
          String ref =
              op.getJsonObject("requestBody")
                  .getJsonObject("content")
                  .getJsonObject("application/json")
                  .getJsonObject("schema")
                  .getString("$ref");
          JsonObject schema = schemas.getJsonObject(ref.substring(ref.lastIndexOf('/') + 1));
          assertTrue(schema.containsKey("example"), ref);
          assertEquals(false, schema.getBoolean("additionalProperties"), ref);
        }
      }
    }
  }

  private static boolean takesJson(JsonObject operation) {
    JsonObject body = operation.getJsonObject("requestBody");
    return body != null && body.getJsonObject("content").containsKey("application/json");
  }

  @Test
  void theYamlAndTheJsonAreEqual() throws IOException {
    JsonObject yaml =
        new JsonObject(
            new YAMLMapper().readTree(ContractFileReader.yaml(contract.whole())).toString());
    assertEquals(new JsonObject(contract.whole().encode()), yaml);
    assertEquals("3.1.0", yaml.getString("openapi"));
  }
}
