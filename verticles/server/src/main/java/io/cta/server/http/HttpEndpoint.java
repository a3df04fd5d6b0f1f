package io.cta.server.http;

import io.vertx.ext.web.Router;

/** A part of the server that answers on its HTTP port: the API, the agents' gateway, the feed. */
public interface HttpEndpoint {
  /** Adds its routes; called once, on the event loop of the HTTP server. */
  void mount(Router root);

  /** Called on the same event loop before the port closes. */
  default void close() {}
}
