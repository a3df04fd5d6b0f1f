package io.cta.server.access;

import io.cta.server.http.PublicAddress;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks that a browser's request comes from a page of this server: of the host it was sent to, of
 * the public address, or of the host that a trusted proxy was asked for. Pure.
 */
final class OriginCheck {
  private final PublicAddress address;

  OriginCheck(PublicAddress address) {
    this.address = address;
  }

  /** What is wrong with the request, as text for people; empty if nothing is. */
  Optional<String> fault(String origin, HttpServerRequest request) {
    return fault(origin, request.getHeader("Host"), request.headers().getAll("X-Forwarded-Host"));
  }

  /**
   * A missing or opaque origin is foreign: browsers always send one with a WebSocket.
   *
   * @param forwarded the X-Forwarded-Host headers from a trusted proxy
   */
  Optional<String> fault(String origin, String host, List<String> forwarded) {
    Optional<URI> page = uri(origin);
    boolean ours =
        address.origin().flatMap(OriginCheck::uri).filter(o -> same(page, o)).isPresent()
            || hosts(host, forwarded)
                .flatMap(h -> uri(page.map(URI::getScheme).orElse("http") + "://" + h).stream())
                .anyMatch(o -> same(page, o));
    return ours ? Optional.empty() : Optional.of(text(origin, host, forwarded));
  }

  private static Stream<String> hosts(String host, List<String> forwarded) {
    Stream<String> others = forwarded.stream().flatMap(h -> Stream.of(h.split(",")));
    return Stream.concat(Stream.ofNullable(host), others).map(String::strip);
  }

  private String text(String origin, String host, List<String> forwarded) {
    String known =
        "Host is "
            + host
            + (forwarded.isEmpty() ? "" : ", X-Forwarded-Host " + String.join(", ", forwarded))
            + address.origin().map(o -> ", http.publicUrl begins with " + o).orElse("");
    return "cookies count only from this server's pages: the page is of "
        + (origin == null ? "no origin" : origin)
        + ", "
        + known
        + "; set http.publicUrl to the address that people use";
  }

  private static boolean same(Optional<URI> page, URI other) {
    return page.filter(
            p ->
                p.getScheme().equalsIgnoreCase(other.getScheme())
                    && p.getHost().equalsIgnoreCase(other.getHost())
                    && port(p) == port(other))
        .isPresent();
  }

  private static int port(URI uri) {
    return uri.getPort() >= 0
        ? uri.getPort()
        : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.ofNullable(text)
          .map(URI::create)
          .filter(u -> u.getHost() != null && u.getScheme() != null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
