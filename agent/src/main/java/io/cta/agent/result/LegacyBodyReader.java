package io.cta.agent.result;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** Reads the fields of an old client's request: from the query, a form, or JSON. */
final class LegacyBodyReader {
  private LegacyBodyReader() {}

  static JsonObject read(HttpServerRequest request, Buffer body) {
    JsonObject out = new JsonObject();
    request.params().forEach(entry -> out.put(entry.getKey(), entry.getValue()));
    String type = request.getHeader("content-type");
    if (body.length() == 0) {
      return out;
    }
    if (type != null && type.startsWith("application/x-www-form-urlencoded")) {
      new io.netty.handler.codec.http.QueryStringDecoder(
              body.toString(StandardCharsets.UTF_8), StandardCharsets.UTF_8, false)
          .parameters()
          .forEach((name, values) -> out.put(name, values.get(0)));
      return out;
    }
    return out.mergeIn(ResultApi.object(body));
  }
}
