package io.cta.server.s3;

import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/**
 * What a store answered that did what it was asked for.
 *
 * @param headers names in any case
 * @param body empty when it is read as a stream
 */
public record S3Response(MultiMap headers, byte[] body) {
  /** The first value of a header, or null. */
  public String header(String name) {
    return headers.get(name);
  }

  /** The store's clock; {@code other} when it does not tell. */
  public Instant time(Instant other) {
    String date = header("Date");
    try {
      return date == null ? other : DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
    } catch (DateTimeException e) {
      return other;
    }
  }
}
