package io.cta.server.api.http;

import io.cta.server.view.OutwardView;
import io.cta.server.view.ViewEncoder;
import io.vertx.core.buffer.Buffer;
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

  private ApiResponse(int status, Buffer bytes, Map<String, String> headers) {
    this.status = status;
    this.bytes = bytes;
    this.headers = headers;
  }

  public static ApiResponse ok(OutwardView body) {
    return of(200, body);
  }

  public static ApiResponse of(int status, OutwardView body) {
    return new ApiResponse(status, ViewEncoder.bytes(body), Map.of());
  }

  public static ApiResponse empty() {
    return new ApiResponse(204, null, Map.of());
  }

  public ApiResponse with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new ApiResponse(status, bytes, all);
  }

  public ApiResponse tag(String tag) {
    return with("ETag", "\"" + tag + "\"");
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  /** The encoded body, null for none. */
  Buffer bytes() {
    return bytes;
  }
}
