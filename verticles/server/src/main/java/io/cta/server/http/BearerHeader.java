package io.cta.server.http;

/** Parses the header {@code Authorization: Bearer} (RFC 6750, section 2.1). Pure. */
public final class BearerHeader {
  private static final String SCHEME = "Bearer ";

  private BearerHeader() {}

  /**
   * The token; null when the scheme is another.
   *
   * @param header the header's value, not null
   */
  public static String token(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? header.substring(SCHEME.length()).trim()
        : null;
  }
}
