package io.cta.server.http;

import java.net.URI;
import java.util.Optional;

/** The URL at which people reach the server, if it is configured. Pure. */
public final class PublicAddress {
  public static final PublicAddress NONE = new PublicAddress(Optional.empty());

  private final Optional<URI> url;

  /**
   * @param url an http or https URL without a slash at its end
   */
  public PublicAddress(Optional<String> url) {
    this.url = url.map(URI::create);
  }

  /** The prefix of all paths there, such as {@code /cta}; empty for none. */
  public String path() {
    return url.map(URI::getPath).orElse("");
  }

  public boolean https() {
    return url.map(URI::getScheme).filter("https"::equals).isPresent();
  }

  /** The link to a path of the server: absolute if the public URL is known. */
  public String link(String path) {
    return url.map(URI::toString).orElse("") + path;
  }

  /** Scheme, host and port, as browsers name a page's origin. */
  public Optional<String> origin() {
    return url.map(u -> u.getScheme() + "://" + u.getAuthority());
  }

  /**
   * A cookie's name. With https it gets the prefix that makes browsers accept the cookie only over
   * https and, when there is no path, only from this host.
   */
  public String cookie(String name) {
    if (!https()) {
      return name;
    }
    return (path().isEmpty() ? "__Host-" : "__Secure-") + name;
  }
}
