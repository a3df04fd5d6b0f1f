package io.cta.server.live;

import io.cta.error.ServiceFailure;

/** WebSocket close codes of the feed: 4000 plus the HTTP status of the same meaning. */
final class CloseCode {
  static final int INVALID = 4400;
  static final int UNAUTHENTICATED = 4401;
  static final int SILENT = 4408;
  static final int TOO_LARGE = 4413;
  static final int TOO_MANY = 4429;

  private static final int MAX_REASON_CHARS = 100;

  private CloseCode() {}

  static int of(Throwable e) {
    return e instanceof ServiceFailure known ? 4000 + known.code().status() : 4500;
  }

  /** The text of an expected failure, short enough for a close frame. */
  static String reason(Throwable e) {
    String text = e instanceof ServiceFailure ? e.getMessage() : "internal error";
    return text.length() <= MAX_REASON_CHARS ? text : text.substring(0, MAX_REASON_CHARS);
  }
}
