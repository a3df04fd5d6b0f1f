package io.cta.s3;

import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.function.Function;

/**
 * Signs the requests to one bucket, and learns from refusals in which region the bucket is and what
 * time the store has: each once, so that nothing goes round in circles. Nothing is ever asked of
 * another store than the one that was named. One thread at a time.
 */
public final class S3Session {
  /** Stores take signatures that are 15 minutes off. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private static final int MOVED = 301;
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;

  private final S3Endpoint endpoint;
  private final S3Signer signer;
  private final Clock clock;
  private String region;
  private boolean regionLearnt;
  private Duration offset = Duration.ZERO;

  public S3Session(S3Endpoint endpoint, S3Credentials credentials, String region, Clock clock) {
    this.endpoint = endpoint;
    this.signer = new S3Signer(credentials);
    this.region = region;
    this.clock = clock;
  }

  /** The address of an object, or of the bucket when the key is empty. */
  public URI uri(String key, Map<String, String> query) {
    return endpoint.uri(key, query, region);
  }

  /** All headers with which a request is to be sent now; see {@link S3Signer#sign}. */
  public Map<String, String> sign(
      String method, URI uri, Map<String, String> headers, String sha256) {
    return signer.sign(method, uri, headers, sha256, region, clock.instant().plus(offset));
  }

  /**
   * Whether a refusal says how the request has to be signed instead. Then it may be sent again.
   *
   * @param header gives the first value of a header of the answer, or null
   */
  public boolean corrects(S3Error error, Function<String, String> header) {
    return learnsRegion(error, header) || learnsTime(error, header);
  }

  /** How far the clock of this machine is behind the store's; zero as long as nobody minds. */
  public Duration offset() {
    return offset;
  }

  private boolean learnsRegion(S3Error error, Function<String, String> header) {
    boolean aboutRegion = error.status() == MOVED || error.status() == BAD_REQUEST;
    String named = header.apply("x-amz-bucket-region");
    String right = named == null ? error.region() : named;
    if (!aboutRegion
        || regionLearnt
        || right == null
        || right.equals(region)
        || !S3Endpoint.isRegion(right)) {
      return false;
    }
    regionLearnt = true;
    region = right;
    return true;
  }

  private boolean learnsTime(S3Error error, Function<String, String> header) {
    // the answer to a HEAD has no body, and so no code
    boolean aboutTime =
        error.status() == FORBIDDEN && (error.code() == null || error.is("RequestTimeTooSkewed"));
    Instant there = error.serverTime() == null ? date(header.apply("Date")) : error.serverTime();
    if (!aboutTime || !offset.isZero() || there == null) {
      return false;
    }
    Duration difference = Duration.between(clock.instant(), there);
    if (difference.abs().compareTo(SKEW) < 0) {
      return false;
    }
    offset = difference;
    return true;
  }

  private static Instant date(String text) {
    try {
      return text == null ? null : DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
