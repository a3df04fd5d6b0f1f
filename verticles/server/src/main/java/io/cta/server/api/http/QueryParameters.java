package io.cta.server.api.http;

import io.cta.server.api.contract.InvalidInput;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;

/** Reads the query parameters of a request, without its path parameters. */
final class QueryParameters {
  private static final int MAX_PARAMETERS = 100;

  private QueryParameters() {}

  static Map<String, List<String>> of(RoutingContext ctx) {
    String query = ctx.request().query();
    if (query == null || query.isEmpty()) {
      return Map.of();
    }
    try {
      return new QueryStringDecoder(
              "?" + query, java.nio.charset.StandardCharsets.UTF_8, true, MAX_PARAMETERS)
          .parameters();
    } catch (IllegalArgumentException e) {
      throw new InvalidInput("the query", "is malformed");
    }
  }
}
