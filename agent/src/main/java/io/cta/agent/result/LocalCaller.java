package io.cta.agent.result;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Decides whether a request comes from a program of this machine, and not from a page in a browser.
 */
final class LocalCaller {
  private static final Set<String> LOOPBACK =
      Set.of("127.0.0.1", "localhost", "[::1]", "::1", "0:0:0:0:0:0:0:1");

  private LocalCaller() {}

  static boolean is(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    return is(authority == null ? null : authority.host(), request.getHeader("Origin"));
  }

  /**
   * @param host the name by which the caller calls this machine, null when it does not say
   * @param origin of the page that asks, null when none does
   */
  static boolean is(String host, String origin) {
    return host != null && local(host) && (origin == null || localPage(origin));
  }

  private static boolean localPage(String origin) {
    try {
      String host = URI.create(origin).getHost();
      return host != null && local(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean local(String host) {
    return LOOPBACK.contains(host.toLowerCase(Locale.ROOT));
  }
}
