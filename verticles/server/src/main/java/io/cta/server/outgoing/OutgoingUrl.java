package io.cta.server.outgoing;

import io.cta.error.ServiceFailure;
import io.cta.server.http.AddressRange;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An http or https address that the server may be asked to call. It has one spelling only: numbers
 * that some programs take for an address ({@code 127.1}, {@code 0x7f000001}), user and password,
 * and anything that two parsers could read differently are refused. Pure.
 *
 * @param host in lower case; an IPv6 address without brackets
 * @param port 1 to 65535
 * @param target path and query
 */
public record OutgoingUrl(boolean tls, String host, int port, String target) {
  private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7e&&[^\\\\\"<>^`{|}]]+");
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");
  private static final Pattern IPV4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  private static final int MAX_HOST = 253;
  private static final int MAX_PORT = 65_535;

  /** Throws INVALID, naming the field. */
  public static OutgoingUrl parse(String field, String text) {
    if (!PLAIN.matcher(text).matches()) {
      throw ServiceFailure.invalid(field, "must be an address of plain characters, without blanks");
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw ServiceFailure.invalid(field, "must be an http or https address");
    }
    boolean tls = "https".equalsIgnoreCase(uri.getScheme());
    if (!tls && !"http".equalsIgnoreCase(uri.getScheme())) {
      throw ServiceFailure.invalid(field, "must begin with https:// or http://");
    }
    if (uri.getRawAuthority() == null || uri.getRawAuthority().indexOf('@') >= 0) {
      throw ServiceFailure.invalid(field, "must have a host, and no user or password");
    }
    if (uri.getRawFragment() != null) {
      throw ServiceFailure.invalid(field, "must not have a fragment (#)");
    }
    String host = host(field, uri);
    checkPort(field, uri);
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return new OutgoingUrl(
        tls, host, port, uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
  }

  /** The host as an address, if it is one. */
  public Optional<InetAddress> literal() {
    boolean number = IPV4.matcher(host).matches() || host.indexOf(':') >= 0;
    return number ? AddressRange.address(host) : Optional.empty();
  }

  /** Scheme and host, for people. */
  public String origin() {
    return (tls ? "https://" : "http://") + authority();
  }

  /** Host and port, as they are in an address. */
  public String authority() {
    boolean standard = port == (tls ? 443 : 80);
    return bracketed() + (standard ? "" : ":" + port);
  }

  private String bracketed() {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  private static String host(String field, URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
    if (host.startsWith("[") && host.endsWith("]")) {
      String inner = host.substring(1, host.length() - 1);
      boolean fine = inner.indexOf('%') < 0 && AddressRange.address(inner).isPresent();
      if (fine) {
        return inner;
      }
    } else if (named(host)
        || IPV4.matcher(host).matches() && AddressRange.address(host).isPresent()) {
      return host;
    }
    throw ServiceFailure.invalid(
        field, "must have a host name, or an address written as 192.0.2.1 or [2001:db8::1]");
  }

  /** True for a host name whose last label is no number, since that would make it an address. */
  private static boolean named(String host) {
    String[] labels = host.split("\\.", -1);
    for (String label : labels) {
      if (!LABEL.matcher(label).matches()) {
        return false;
      }
    }
    return host.length() <= MAX_HOST && !NUMBER.matcher(labels[labels.length - 1]).matches();
  }

  private static void checkPort(String field, URI uri) {
    String written = uri.getRawAuthority().substring(uri.getHost().length());
    boolean fine =
        uri.getPort() < 0
            ? written.isEmpty()
            : uri.getPort() >= 1
                && uri.getPort() <= MAX_PORT
                && written.equals(":" + uri.getPort());
    if (!fine) {
      throw ServiceFailure.invalid(field, "must have a port from 1 to 65535, or none");
    }
  }
}
