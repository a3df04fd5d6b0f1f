package io.cta.server.launch;

import io.cta.server.http.HttpEndpoint;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;

/** Serves the dashboard's files from the jar, with a policy that allows no foreign code. */
final class DashboardEndpoint implements HttpEndpoint {
  private static final String POLICY =
      "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

  @Override
  public void mount(Router root) {
    root.route("/*")
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(DashboardEndpoint::secured)
        .handler(
            StaticHandler.create("webroot")
                .setIndexPage("index.html")
                .setCachingEnabled(true)
                .setMaxAgeSeconds(0));
  }

  private static void secured(RoutingContext ctx) {
    ctx.response()
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer");
    ctx.next();
  }
}
