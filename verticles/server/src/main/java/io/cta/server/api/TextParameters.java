package io.cta.server.api;

import io.vertx.core.Future;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatableRequest;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import io.vertx.openapi.validation.impl.ValidatableRequestImpl;
import java.util.HashMap;
import java.util.Map;

/**
 * Hands parameters of type string to Vert.x as what they are. Vert.x reads every parameter as JSON
 * first: left alone, a name such as {@code 1.5} becomes a number, and one with a quotation mark in
 * it is refused.
 */
final class TextParameters implements RequestExtractor {
  private final RequestExtractor plain = RequestExtractor.withBodyHandler();

  @Override
  public Future<ValidatableRequest> extractValidatableRequest(
      RoutingContext ctx, Operation operation) {
    return plain.extractValidatableRequest(ctx, operation).map(given -> quoted(given, operation));
  }

  private static ValidatableRequest quoted(ValidatableRequest given, Operation operation) {
    return new ValidatableRequestImpl(
        given.getCookies(),
        given.getHeaders(),
        quoted(given.getPathParameters(), operation, Location.PATH),
        quoted(given.getQuery(), operation, Location.QUERY),
        given.getBody(),
        given.getContentType());
  }

  private static Map<String, RequestParameter> quoted(
      Map<String, RequestParameter> given, Operation operation, Location in) {
    Map<String, RequestParameter> out = new HashMap<>(given);
    for (Parameter parameter : operation.getParameters()) {
      if (parameter.getIn() == in && parameter.getSchemaType() == SchemaType.STRING) {
        out.computeIfPresent(parameter.getName(), (name, value) -> quoted(value));
      }
    }
    return out;
  }

  private static RequestParameter quoted(RequestParameter value) {
    return value.get() instanceof String text ? new RequestParameterImpl(Json.encode(text)) : value;
  }
}
