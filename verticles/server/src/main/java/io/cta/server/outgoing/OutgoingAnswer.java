package io.cta.server.outgoing;

/**
 * What a receiver answered.
 *
 * @param retryAfter its header Retry-After, or null
 * @param date its header Date, or null
 * @param text the beginning of its body
 */
public record OutgoingAnswer(int status, String retryAfter, String date, String text) {
  public boolean success() {
    return status >= 200 && status < 300;
  }
}
