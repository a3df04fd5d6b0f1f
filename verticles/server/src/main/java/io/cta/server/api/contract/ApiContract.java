package io.cta.server.api.contract;

import io.cta.server.http.PublicAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.contract.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The contract as the server uses it. Safe from any event loop. */
public final class ApiContract {
  /**
   * What access control needs of an operation; each query parameter is mapped to whether it may be
   * repeated.
   */
  public record OperationRule(Operation operation, AccessRule access, Map<String, Boolean> query) {}

  public final OpenAPIContract parsed;
  private final JsonObject whole;
  private final Map<String, OperationRule> rules = new HashMap<>();
  private final Map<String, Validator> components = new HashMap<>();

  private ApiContract(JsonObject whole, OpenAPIContract parsed) {
    this.whole = whole;
    this.parsed = parsed;
    JsonObject schemas =
        parsed.getRawContract().getJsonObject("components").getJsonObject("schemas");
    for (String name : schemas.fieldNames()) {
      if (schemas.getValue(name) instanceof JsonObject schema) {
        JsonSchema read = JsonSchema.of(schema);
        components.put(name, parsed.getSchemaRepository().validator(read));
      }
    }
    for (Operation operation : parsed.operations()) {
      rules.put(operation.getOperationId(), rule(operation));
    }
  }

  public static Future<ApiContract> load(Vertx vertx) {
    return vertx
        .executeBlocking(ContractFileReader::read)
        .compose(
            whole ->
                OpenAPIContract.from(vertx, forVertx(whole))
                    .map(parsed -> new ApiContract(whole, PrecompiledContract.of(parsed))));
  }

  /** The rule for a request, or null if the contract has no such path and method. */
  public OperationRule find(String path, HttpMethod method) {
    Operation operation = parsed.findOperation(path, method);
    return operation == null ? null : rules.get(operation.getOperationId());
  }

  /** The methods of a path; empty if there is no such path. */
  public List<String> methods(String path) {
    Path found = parsed.findPath(path);
    return found == null
        ? List.of()
        : found.getOperations().stream().map(o -> o.getHttpMethod().name()).sorted().toList();
  }

  /** The rules of {@code #/components/schemas/<name>} that a value breaks; empty if none. */
  public List<FieldError> errors(String schema, JsonObject value) {
    return SchemaErrors.of(components.get(schema).validate(value), whole);
  }

  /** The document for people, with the address at which they reach the API. */
  public JsonObject published(PublicAddress address) {
    JsonObject copy = whole.copy();
    JsonObject server = copy.getJsonArray("servers").getJsonObject(0);
    server.put("url", address.link(server.getString("url")));
    if (address.https()) {
      JsonObject schemes =
          copy.getJsonObject("components")
              .getJsonObject("securitySchemes")
              .getJsonObject("session");
      schemes.put("name", address.cookie(schemes.getString("name")));
    }
    return copy;
  }

  JsonObject whole() {
    return whole;
  }

  /**
   * A copy without what Vert.x does not accept: a server address without a host, a media type it
   * does not know, security that it does not implement (AccessHandler does).
   */
  private static JsonObject forVertx(JsonObject whole) {
    JsonObject copy = whole.copy();
    copy.remove("security");
    String url =
        "http://localhost" + whole.getJsonArray("servers").getJsonObject(0).getString("url");
    copy.put("servers", new JsonArray().add(new JsonObject().put("url", url)));
    copy.getJsonObject("components")
        .getJsonObject("responses")
        .getJsonObject("Problem")
        .remove("content");
    return copy;
  }

  private static OperationRule rule(Operation operation) {
    AccessRule accessRule =
        AccessRule.of(operation.getExtensions().get("x-role"), operation.getOperationId());
    Map<String, Boolean> query =
        operation.getParameters().stream()
            .filter(p -> p.getIn() == Location.QUERY)
            .collect(Collectors.toUnmodifiableMap(Parameter::getName, Parameter::isExplode));
    return new OperationRule(operation, accessRule, query);
  }
}
