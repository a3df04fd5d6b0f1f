package io.cta.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a session learns from refusals: each thing once. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class S3SessionTest {
  private final Clock clock = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
  private final S3Session session = session("http://h:1");

  @Test
  void theRegionIsLearntFromTheHeaderOnce() {
    assertTrue(
        session.corrects(error(301, null, null), Map.of("x-amz-bucket-region", "eu-1")::get));
    assertTrue(signature().contains("/eu-1/s3/"));
    assertFalse(
        session.corrects(error(301, null, null), Map.of("x-amz-bucket-region", "ap-1")::get));
  }

  @Test
  void theRegionIsLearntFromTheBody() {
    assertTrue(session.corrects(error(400, "AuthorizationHeaderMalformed", "eu-2"), name -> null));
    assertTrue(signature().contains("/eu-2/s3/"));
    assertEquals("http://h:1/bucket/k", session.uri("k", Map.of()).toString());
  }

  @Test
  void aRegionThatIsNoneIsNotTaken() {
    S3Session amazon = session(null);
    assertFalse(amazon.corrects(error(301, null, "evil.example.org/"), name -> null));
    assertFalse(amazon.corrects(error(301, null, null), name -> null));
    assertFalse(amazon.corrects(error(301, null, "us-east-1"), name -> null));
    assertFalse(amazon.corrects(error(404, null, "eu-1"), name -> null));
  }

  @Test
  void theTimeIsLearntOnce() {
    S3Error skewed = error(403, "RequestTimeTooSkewed", null);
    assertTrue(session.corrects(skewed, Map.of("Date", "Thu, 1 Jan 2026 01:00:00 GMT")::get));
    assertEquals("20260101T010000Z", headers().get("x-amz-date"));
    assertFalse(session.corrects(skewed, Map.of("Date", "Thu, 1 Jan 2026 02:00:00 GMT")::get));
  }

  @Test
  void aRefusalWithoutABodyIsAboutTimeOnlyWhenTheClocksDiffer() {
    assertFalse(
        session.corrects(
            error(403, null, null), Map.of("Date", "Thu, 1 Jan 2026 00:01:00 GMT")::get));
    assertFalse(
        session.corrects(
            error(403, "AccessDenied", null), Map.of("Date", "Thu, 1 Jan 2026 05:00:00 GMT")::get));
    assertFalse(session.corrects(error(403, null, null), Map.of("Date", "yesterday")::get));
    assertTrue(
        session.corrects(
            error(403, null, null), Map.of("Date", "Wed, 31 Dec 2025 23:00:00 GMT")::get));
  }

  private String signature() {
    return headers().get("Authorization");
  }

  private Map<String, String> headers() {
    return session.sign("GET", URI.create("http://h:1/bucket/k"), Map.of(), S3Signer.EMPTY_SHA256);
  }

  private S3Session session(String endpoint) {
    return new S3Session(
        S3Endpoint.of(endpoint, "bucket", null),
        new S3Credentials("AK", "secret", null),
        "us-east-1",
        clock);
  }

  private static S3Error error(int status, String code, String region) {
    return new S3Error(status, code, null, region, null, null);
  }
}
