package io.cta.server.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;

/**
 * Has HEAD of everything below {@code /api} and {@code /health} answered as GET is; the response
 * knows that it has no body.
 */
public final class HeadRequests implements Handler<HttpServerRequest> {
  private final Handler<HttpServerRequest> next;

  public HeadRequests(Handler<HttpServerRequest> next) {
    this.next = next;
  }

  @Override
  public void handle(HttpServerRequest request) {
    String path = request.path();
    boolean ours = path != null && (path.startsWith("/api") || path.startsWith("/health"));
    next.handle(ours && request.method().equals(HttpMethod.HEAD) ? asGet(request) : request);
  }

  private static HttpServerRequest asGet(HttpServerRequest request) {
    return new HttpServerRequestWrapper((HttpServerRequestInternal) request) {
      @Override
      public HttpMethod method() {
        return HttpMethod.GET;
      }
    };
  }
}
