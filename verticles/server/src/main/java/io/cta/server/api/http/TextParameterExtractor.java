package io.cta.server.api.http;

import io.cta.server.api.contract.InvalidInput;
import io.cta.server.http.PercentDecoder;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.Json;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.json.schema.common.dsl.SchemaType;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatableRequest;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import io.vertx.openapi.validation.impl.ValidatableRequestImpl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Passes a request's parameters to Vert.x, decoded once: headers not at all, and path parameters
 * without reading a plus sign as a blank. Vert.x itself would decode all of them twice and parse
 * each as JSON, so that a name such as {@code 1.5} would become a number; texts are therefore
 * passed as JSON strings.
 */
public final class TextParameterExtractor implements RequestExtractor {
  private static final RequestParameter NONE = new RequestParameterImpl(null);

  @Override
  public Future<ValidatableRequest> extractValidatableRequest(
      RoutingContext ctx, Operation operation) {
    try {
      return Future.succeededFuture(request(ctx, operation));
    } catch (InvalidInput e) {
      return Future.failedFuture(e);
    }
  }

  private static ValidatableRequest request(RoutingContext ctx, Operation operation) {
    Map<String, RequestParameter> headers = new HashMap<>();
    Map<String, RequestParameter> path = new HashMap<>();
    Map<String, RequestParameter> query = new HashMap<>();
    Map<String, List<String>> given = QueryParameters.of(ctx);
    for (Parameter p : operation.getParameters()) {
      switch (p.getIn()) {
        case HEADER -> headers.put(p.getName(), value(p, ctx.request().getHeader(p.getName())));
        case PATH -> path.put(p.getName(), value(p, inPath(ctx, operation, p.getName())));
        case QUERY -> query.put(p.getName(), value(p, first(given.get(p.getName()))));
        case COOKIE ->
            throw new IllegalStateException(operation.getOperationId() + " has a cookie");
      }
    }
    if (operation.getRequestBody() == null) {
      return new ValidatableRequestImpl(Map.of(), headers, path, query);
    }
    // RequestInputValidator has refused all other types
    String type =
        ctx.request().headers().contains(HttpHeaders.CONTENT_TYPE)
            ? RequestInputValidator.JSON
            : null;
    RequestParameter body = new RequestParameterImpl(ctx.body().buffer());
    return new ValidatableRequestImpl(Map.of(), headers, path, query, body, type);
  }

  private static RequestParameter value(Parameter parameter, String text) {
    if (text == null) {
      return NONE;
    }
    boolean plain = parameter.getSchemaType() == SchemaType.STRING;
    return new RequestParameterImpl(plain ? Json.encode(text) : text);
  }

  private static String first(List<String> values) {
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  private static String inPath(RoutingContext ctx, Operation operation, String name) {
    String[] template = operation.getAbsoluteOpenAPIPath().split("/");
    String[] steps = ctx.request().path().split("/");
    for (int i = 0; i < template.length && i < steps.length; i++) {
      if (template[i].equals("{" + name + "}")) {
        try {
          return PercentDecoder.decode(steps[i]);
        } catch (IllegalArgumentException e) {
          throw new InvalidInput(name, "is malformed");
        }
      }
    }
    return null;
  }
}
