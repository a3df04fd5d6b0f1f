package io.cta.server.http;

/** The header {@code Authorization} of a program (RFC 6750, section 2.1). Pure. */
public final class BearerHeader {
  private static final String SCHEME = "Bearer ";

  private BearerHeader() {}

  /**
   * The token in it; null when it is of another scheme.
   *
   * @param header its value, not null
   */
  public static String token(String header) {
    return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? header.substring(SCHEME.length()).trim()
        : null;
  }
}
