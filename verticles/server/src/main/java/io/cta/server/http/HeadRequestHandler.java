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
public final class HeadRequestHandler implements Handler<HttpServerRequest> {
  /** Ours alone: what a client sends by this name is taken away. */
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

  /** Whether nobody wants the body. */
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
