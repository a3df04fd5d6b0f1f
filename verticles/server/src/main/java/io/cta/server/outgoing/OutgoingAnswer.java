package io.cta.server.outgoing;

import java.util.Locale;
import java.util.Map;

/**
 * What a receiver answered.
 *
 * @param retryAfter its header Retry-After, or null
 * @param date its header Date, or null
 * @param text the beginning of its body, one line
 * @param headers by names in lower case; of several the last, but of set-cookie all, one a line
 * @param body the body as it came, as far as the request wanted to read it
 */
public record OutgoingAnswer(
    int status,
    String retryAfter,
    String date,
    String text,
    Map<String, String> headers,
    String body) {
  public OutgoingAnswer {
    headers = Map.copyOf(headers);
  }

  public OutgoingAnswer(int status, String retryAfter, String date, String text) {
    this(status, retryAfter, date, text, Map.of(), text);
  }

  public boolean success() {
    return status >= 200 && status < 300;
  }

  /** A header by its name, or null. */
  public String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }
}
