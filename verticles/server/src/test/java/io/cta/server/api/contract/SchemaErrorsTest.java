package io.cta.server.api.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.DatabindCodec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of a schema has words of its own, and its field a path. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class SchemaErrorsTest {
  private static final ContractSchemas CONTRACT =
      new ContractSchemas(ContractFileReader.read(), new ContractDialect());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Group|{'name':'a'}|``",
        "Group|{}|name is required",
        "Group|{'name':7}|name must be string, not number",
        "Group|{'name':[]}|name must be string, not array",
        "Group|{'name':'a','x.y':1}|x.y is not known here",
        "Group|{'name':'a\\n'}|name must be 1 to 128 letters, accents, digits, spaces or ._:@+- and start with a letter or digit",
        "Group|{'description':true,'x':1}|description must be string, not boolean; name is required; x is not known here",
        "Configuration|{'name':'a','minimum':0.5}|minimum must be integer, not number",
        "Configuration|{'name':'a','minimum':1e300}|minimum must be at most 100000",
        "Configuration|{'name':'a','minimum':1.0,'maxParallel':1e2}|``",
        "Configuration|{'name':'a','maxParallel':-1}|maxParallel must be at least 0",
        "Configuration|{'name':'a','maxParallel':99999999999999999999}|maxParallel must be at most 100000",
        "Configuration|{'name':'a','mode':1}|mode must be string, not number",
        "Configuration|{'name':'a','mode':'one'}|mode must be one of mono, group, stress, parallel",
        "Configuration|{'name':'a','labels':['']}|labels[0] must have at least 1 characters",
        "Configuration|{'name':'a','match':{'0':[1]}}|match.0[0] must be string, not number",
        "Configuration|{'name':'a','match':{'a b':'c'}}|match.a b must be letters, digits or ._- and start with a letter or digit",
        "ExecutionOrder|{'scenario':'s','parameters':{'A=':'x'}}|parameters.A= must be named like an environment variable",
        "Test|{'name':'a','stages':[{'run':[]}]}|stages[0].run must have at least 1 items",
        "Test|{'name':'a','stages':[{'run':' '}]}|stages[0].run must not be blank",
        "Test|{'name':'a','stages':[{'run':{}}]}|stages[0].run must be string or array, not object",
        "Test|{'name':'a','stages':[{'run':'x'},{'name':'b'}]}|stages[1].run is required",
        "Test|{'name':'a','stages':[{'run':'x','successCodes':[256]}]}|stages[0].successCodes[0] must be at most 255",
        "TestSuite|{'name':'a','tests':[{'ref':'t'},{'suite':'s'},{'name':'n'}]}|``",
        "TestSuite|{'name':'a','tests':[{'ref':'t','suite':'s'}]}|tests[0].suite is not known here",
        "TestSuite|{'name':'a','tests':[{'name':'n'},'t']}|tests[1] must be object, not string",
        "TestSuite|{'name':'a','inputs':[{'type':'ftp','sha256':'x'}]}|inputs[0].type must be one of maven, http, git, s3, local; inputs[0].sha256 must be 64 hexadecimal digits, or a parameter",
        "Apply|{'documents':[]}|documents must have at least 1 items",
      })
  void theFieldAndTheRuleAreNamed(String schema, String body, String expected) {
    assertEquals(
        sorted(expected == null ? "" : expected), told(schema, body.replace('\'', '"')), body);
  }

  @Test
  void aLineBreakIsNoPartOfAName() {
    assertEquals(
        "parameters.A\n must be named like an environment variable",
        told("ExecutionOrder", "{\"scenario\":\"s\",\"parameters\":{\"A\\n\":\"x\"}}"));
  }

  @Test
  void limitsAreTold() {
    String name = "x".repeat(129);
    assertEquals(
        "password must have at most 200 characters",
        told("Login", "{\"name\":\"a\",\"password\":\"%s\"}".formatted("x".repeat(201))));
    assertEquals(
        "suite must have at most 128 characters",
        told(
            "Scenario",
            "{\"name\":\"a\",\"configuration\":\"c\",\"suite\":\"%s\"}".formatted(name)));
    String many =
        IntStream.range(0, 501)
            .mapToObj(i -> "\"V" + i + "\":\"\"")
            .collect(Collectors.joining(","));
    assertEquals(
        "env must have at most 500 entries",
        told("Test", "{\"name\":\"a\",\"env\":{%s}}".formatted(many)));
    String codes = "0,".repeat(256) + "0";
    assertEquals(
        "stages[0].successCodes must have at most 256 items",
        told(
            "Test",
            "{\"name\":\"a\",\"stages\":[{\"run\":\"x\",\"successCodes\":[%s]}]}"
                .formatted(codes)));
  }

  @Test
  void manyErrorsAreToldInPartAndThoseOfAVeryLargeBodyOneByOne() {
    assertEquals(50, errors(1_000).size());
    assertEquals(1, errors(SchemaValidator.MAX_VALUES).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"minProperties", "format", "oneOf", "patern"})
  void aKeywordWithoutWordsFailsTheStart(String keyword) {
    JsonObject contract = ContractFileReader.read();
    schemas(contract).getJsonObject("Pin").put(keyword, 1);
    ContractDialect dialect = new ContractDialect();
    assertThrows(RuntimeException.class, () -> new ContractSchemas(contract, dialect));
  }

  @Test
  void aReferenceThatLeavesTheContractFailsTheStart() {
    JsonObject contract = ContractFileReader.read();
    JsonObject elsewhere = new JsonObject().put("$ref", "http://127.0.0.1/pin.json");
    schemas(contract).getJsonObject("Pin").getJsonObject("properties").put("pinned", elsewhere);
    ContractDialect dialect = new ContractDialect();
    assertThrows(RuntimeException.class, () -> new ContractSchemas(contract, dialect));
  }

  private static JsonObject schemas(JsonObject contract) {
    return contract.getJsonObject("components").getJsonObject("schemas");
  }

  private static List<FieldError> errors(int unknown) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", "a");
    IntStream.range(0, unknown).forEach(i -> body.put("u" + i, i));
    return CONTRACT.component("Group").errors(body);
  }

  private static String told(String schema, String body) {
    return CONTRACT
        .component(schema)
        .errors(DatabindCodec.mapper().valueToTree(new JsonObject(body)))
        .stream()
        .map(error -> error.field() + " " + error.rule())
        .sorted()
        .collect(Collectors.joining("; "));
  }

  private static String sorted(String errors) {
    return List.of(errors.split("; ")).stream().sorted().collect(Collectors.joining("; "));
  }
}
