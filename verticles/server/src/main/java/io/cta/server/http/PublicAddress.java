package io.cta.server.http;

import java.net.URI;
import java.util.Optional;

/** Where people reach the server, as far as somebody has said so. Pure. */
public final class PublicAddress {
  public static final PublicAddress NONE = new PublicAddress(Optional.empty());

  private final Optional<URI> url;

  /**
   * @param url an http or https URL without a slash at its end
   */
  public PublicAddress(Optional<String> url) {
    this.url = url.map(URI::create);
  }

  /** What all paths begin with there, such as {@code /cta}; empty for nothing. */
  public String path() {
    return url.map(URI::getPath).orElse("");
  }

  public boolean https() {
    return url.map(URI::getScheme).filter("https"::equals).isPresent();
  }

  /** A path of the server's, as whoever is told of it can ask for it: absolute where known. */
  public String link(String path) {
    return url.map(URI::toString).orElse("") + path;
  }

  /** Scheme, host and port, as browsers name a page's origin. */
  public Optional<String> origin() {
    return url.map(u -> u.getScheme() + "://" + u.getAuthority());
  }

  /**
   * A cookie's name. With https it has the prefix for which browsers see to it that the cookie was
   * set by https and, without a path, by this host.
   */
  public String cookie(String name) {
    if (!https()) {
      return name;
    }
    return (path().isEmpty() ? "__Host-" : "__Secure-") + name;
  }
}
