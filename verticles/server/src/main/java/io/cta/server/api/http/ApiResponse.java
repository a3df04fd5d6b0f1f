package io.cta.server.api.http;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an operation answers; the body null for none. */
public record ApiResponse(
    int status, JsonObject body, Map<String, String> headers, boolean keepable) {
  public static ApiResponse ok(JsonObject body) {
    return new ApiResponse(200, body, Map.of(), true);
  }

  public static ApiResponse of(int status, JsonObject body) {
    return new ApiResponse(status, body, Map.of(), true);
  }

  public static ApiResponse empty() {
    return new ApiResponse(204, null, Map.of(), true);
  }

  public ApiResponse with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new ApiResponse(status, body, all, keepable);
  }

  public ApiResponse tag(String tag) {
    return with("ETag", "\"" + tag + "\"");
  }

  /** Holds a secret: must be kept nowhere, not even to answer a repeated request. */
  public ApiResponse unrepeatable() {
    return new ApiResponse(status, body, headers, false);
  }
}
