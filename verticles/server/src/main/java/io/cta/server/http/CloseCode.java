package io.cta.server.http;

import io.cta.error.ServiceFailure;

/**
 * Tells a client over a WebSocket why it is closed: 4000 plus the HTTP status of the same meaning,
 * and a text. Pure.
 */
public final class CloseCode {
  public static final int INVALID = 4400;
  public static final int UNAUTHENTICATED = 4401;
  public static final int SILENT = 4408;
  public static final int TOO_LARGE = 4413;
  public static final int TOO_MANY = 4429;

  private static final int MAX_REASON_CHARS = 100;

  private CloseCode() {}

  public static int of(Throwable e) {
    return 4000 + ServiceFailure.of(e).code().status();
  }

  /** The text of an expected failure, short enough for a close frame. */
  public static String reason(Throwable e) {
    String text = ServiceFailure.of(e).getMessage();
    return text.length() <= MAX_REASON_CHARS ? text : text.substring(0, MAX_REASON_CHARS);
  }
}
