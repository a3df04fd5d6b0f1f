package io.cta.server.api.contract;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.OpenAPIVersion;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Path;
import io.vertx.openapi.contract.SecurityRequirement;
import io.vertx.openapi.contract.SecurityScheme;
import io.vertx.openapi.contract.Server;
import java.util.ArrayList;
import java.util.List;

/** The contract as Vert.x read it, with the validators of all operations built in advance. */
record PrecompiledContract(OpenAPIContract read, SchemaRepository schemas)
    implements OpenAPIContract {
  static PrecompiledContract of(OpenAPIContract read) {
    List<JsonSchema> used = new ArrayList<>();
    for (Operation operation : read.operations()) {
      operation.getParameters().forEach(parameter -> used.add(parameter.getSchema()));
      if (operation.getRequestBody() != null) {
        operation.getRequestBody().getContent().values().forEach(m -> used.add(m.getSchema()));
      }
    }
    return new PrecompiledContract(read, new ValidatorCache(read.getSchemaRepository(), used));
  }

  @Override
  public SchemaRepository getSchemaRepository() {
    return schemas;
  }

  @Override
  public Operation operation(String operationId) {
    return read.operation(operationId);
  }

  @Override
  public List<Operation> operations() {
    return read.operations();
  }

  @Override
  public List<Path> getPaths() {
    return read.getPaths();
  }

  @Override
  public JsonObject getRawContract() {
    return read.getRawContract();
  }

  @Override
  public OpenAPIVersion getVersion() {
    return read.getVersion();
  }

  @Override
  public List<Server> getServers() {
    return read.getServers();
  }

  @Override
  public Path findPath(String urlPath) {
    return read.findPath(urlPath);
  }

  @Override
  public Operation findOperation(String urlPath, HttpMethod method) {
    return read.findOperation(urlPath, method);
  }

  @Override
  public List<SecurityRequirement> getSecurityRequirements() {
    return read.getSecurityRequirements();
  }

  @Override
  public SecurityScheme securityScheme(String name) {
    return read.securityScheme(name);
  }
}
