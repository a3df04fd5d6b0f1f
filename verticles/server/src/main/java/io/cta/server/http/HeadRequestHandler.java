package io.cta.server.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;

/**
 * Routes HEAD requests below {@code /api} and {@code /health} as GET; Vert.x leaves the body out of
 * the response.
 */
public final class HeadRequestHandler implements Handler<HttpServerRequest> {
  /** Internal marker header; removed from what a client sends. */
  private static final String MARK = "x-cta-head";

  private final Handler<HttpServerRequest> next;

  public HeadRequestHandler(Handler<HttpServerRequest> next) {
    this.next = next;
  }

  @Override
  public void handle(HttpServerRequest request) {
    request.headers().remove(MARK);
    String path = request.path();
    boolean ours = path != null && (path.startsWith("/api") || path.startsWith("/health"));
    next.handle(ours && request.method().equals(HttpMethod.HEAD) ? asGet(request) : request);
  }

  /** Whether the client sent HEAD and so gets no body. */
  public static boolean is(HttpServerRequest request) {
    return request.headers().contains(MARK);
  }

  private static HttpServerRequest asGet(HttpServerRequest request) {
    request.headers().set(MARK, "1");
    return new HttpServerRequestWrapper((HttpServerRequestInternal) request) {
      @Override
      public HttpMethod method() {
        return HttpMethod.GET;
      }
    };
  }
}
