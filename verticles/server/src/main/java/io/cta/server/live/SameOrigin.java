package io.cta.server.live;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;

/** Whether a browser's request comes from a page of this server itself. Pure. */
final class SameOrigin {
  private SameOrigin() {}

  static boolean holds(HttpServerRequest request) {
    return holds(request.getHeader("Origin"), request.authority());
  }

  /** A missing or opaque origin is foreign: browsers always send one with a WebSocket. */
  static boolean holds(String origin, HostAndPort authority) {
    if (origin == null || authority == null) {
      return false;
    }
    URI uri;
    try {
      uri = URI.create(origin);
    } catch (IllegalArgumentException e) {
      return false;
    }
    int standard = "https".equals(uri.getScheme()) ? 443 : 80;
    int theirs = uri.getPort() < 0 ? standard : uri.getPort();
    int ours = authority.port() < 0 ? standard : authority.port();
    return uri.getHost() != null
        && uri.getHost().equalsIgnoreCase(authority.host())
        && theirs == ours;
  }
}
