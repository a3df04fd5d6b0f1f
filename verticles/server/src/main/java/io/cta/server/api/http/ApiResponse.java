package io.cta.server.api.http;

import io.cta.server.view.OutwardView;
import io.cta.server.view.ViewEncoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The response of an operation. Its body is a view, which is encoded once, when the response is
 * created.
 */
public final class ApiResponse {
  private final int status;
  private final Buffer bytes;
  private final Map<String, String> headers;
  private final boolean keepable;

  private ApiResponse(int status, Buffer bytes, Map<String, String> headers, boolean keepable) {
    this.status = status;
    this.bytes = bytes;
    this.headers = headers;
    this.keepable = keepable;
  }

  public static ApiResponse ok(OutwardView body) {
    return of(200, body);
  }

  public static ApiResponse of(int status, OutwardView body) {
    return new ApiResponse(status, ViewEncoder.bytes(body), Map.of(), true);
  }

  public static ApiResponse empty() {
    return new ApiResponse(204, null, Map.of(), true);
  }

  /**
   * The stored first response to a repeated request; its body, null for none, was encoded from a
   * view.
   */
  static ApiResponse of(int status, JsonObject kept) {
    return new ApiResponse(status, kept == null ? null : kept.toBuffer(), Map.of(), true);
  }

  public ApiResponse with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new ApiResponse(status, bytes, all, keepable);
  }

  public ApiResponse tag(String tag) {
    return with("ETag", "\"" + tag + "\"");
  }

  /**
   * Marks a response with a secret: it must not be stored, not even to answer a repeated request.
   */
  public ApiResponse unrepeatable() {
    return new ApiResponse(status, bytes, headers, false);
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  boolean keepable() {
    return keepable;
  }

  /** The encoded body, null for none. */
  Buffer bytes() {
    return bytes;
  }

  /** The body as a tree, to be stored for a repeated request; null for none. */
  JsonObject body() {
    return bytes == null ? null : new JsonObject(bytes);
  }
}
