package io.cta.server.api.contract;

import io.cta.server.http.PublicAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.DatabindCodec;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The contract as the server uses it. Safe from any event loop. */
public final class ApiContract {
  /** Who may call an operation, and with what. */
  public record OperationRule(Operation operation, AccessRule access, OperationInput input) {}

  public final OpenAPIContract parsed;
  private final JsonObject whole;
  private final Map<String, OperationRule> rules = new HashMap<>();
  private final ContractSchemas schemas;

  private ApiContract(JsonObject whole, OpenAPIContract parsed, ContractSchemas schemas) {
    this.whole = whole;
    this.parsed = parsed;
    this.schemas = schemas;
    for (Operation operation : parsed.operations()) {
      String id = operation.getOperationId();
      AccessRule access = AccessRule.of(operation.getExtensions().get("x-role"), id);
      rules.put(id, new OperationRule(operation, access, schemas.input(id)));
    }
  }

  public static Future<ApiContract> load(Vertx vertx) {
    // the validator's many classes are loaded while the files are read
    Future<ContractDialect> dialect = vertx.executeBlocking(ContractDialect::new, false);
    Future<JsonObject> whole = vertx.executeBlocking(ContractFileReader::read, false);
    return Future.all(dialect, whole)
        .compose(both -> load(vertx, whole.result(), dialect.result()));
  }

  /** Makes the schemas while Vert.x reads the same contract, which takes longer. */
  private static Future<ApiContract> load(Vertx vertx, JsonObject whole, ContractDialect dialect) {
    Future<ContractSchemas> schemas =
        vertx.executeBlocking(() -> new ContractSchemas(whole, dialect), false);
    Future<OpenAPIContract> parsed = OpenAPIContract.from(vertx, forVertx(whole));
    return Future.all(parsed, schemas)
        .map(both -> new ApiContract(whole, parsed.result(), schemas.result()));
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
    return schemas.component(schema).errors(DatabindCodec.mapper().valueToTree(value));
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
}
