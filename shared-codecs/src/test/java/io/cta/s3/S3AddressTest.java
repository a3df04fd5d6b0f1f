package io.cta.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which object an address means, and where it is asked for. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class S3AddressTest {
  @ParameterizedTest
  @CsvSource({
    "s3://bucket,bucket,'',true",
    "s3://bucket/,bucket,'',true",
    "s3://bucket/a/b/,bucket,a/b/,true",
    "s3://bucket/a/b,bucket,a/b,false",
    "s3://my.bucket-1/a b+c%20.txt,my.bucket-1,a b+c%20.txt,false",
    "s3://bucket/a//b?c#d,bucket,a//b?c#d,false"
  })
  void theKeyIsWhatStandsThere(String text, String bucket, String key, boolean prefix) {
    S3Address address = S3Address.parse(text).orElseThrow();
    assertEquals(new S3Address(bucket, key), address);
    assertEquals(prefix, address.isPrefix());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3:/b/k",
        "s3://",
        "s3://-b/k",
        "s3://b!/k",
        "http://b/k",
        "s3://bb/a\nb",
        "s3://b"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertTrue(S3Address.parse(text).isEmpty());
  }

  @Test
  void aKeyThatIsTooLongIsRefused() {
    assertTrue(S3Address.parse("s3://bucket/" + "k".repeat(1024)).isPresent());
    assertTrue(S3Address.parse("s3://bucket/" + "ü".repeat(513)).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "a b,/bucket/a%20b",
    "a+b,/bucket/a%2Bb",
    "a%20b,/bucket/a%2520b",
    "ü,/bucket/%C3%BC",
    "a//b/,/bucket/a//b/",
    "~-._,/bucket/~-._",
    "*()'!,/bucket/%2A%28%29%27%21"
  })
  void aKeyIsEncodedOnceAndKeepsItsSlashes(String key, String path) {
    S3Endpoint endpoint = S3Endpoint.of("http://127.0.0.1:9000/", "bucket", null);
    assertEquals("http://127.0.0.1:9000" + path, endpoint.uri(key, Map.of(), "r").toString());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-,bucket,-,https://bucket.s3.eu-west-1.amazonaws.com/k",
        "-,bucket,true,https://s3.eu-west-1.amazonaws.com/bucket/k",
        "-,my.bucket,-,https://s3.eu-west-1.amazonaws.com/my.bucket/k",
        "https://s3.example.org,bucket,-,https://s3.example.org/bucket/k",
        "https://s3.example.org,bucket,false,https://bucket.s3.example.org/k"
      })
  void theBucketStandsInThePathOfOnesOwnStore(
      String endpoint, String bucket, Boolean pathStyle, String uri) {
    assertEquals(
        uri, S3Endpoint.of(endpoint, bucket, pathStyle).uri("k", Map.of(), "eu-west-1").toString());
  }

  @Test
  void parametersAreEncodedAndSorted() {
    assertEquals(
        "http://h/bucket/?a=1%2F2&b=x%20y",
        S3Endpoint.of("http://h", "bucket", true)
            .uri("", Map.of("b", "x y", "a", "1/2"), "r")
            .toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://h/path", "ftp://h", "http://me:pw@h", "h:80", "http://h?x", "http://h:0"})
  void anEndpointIsASchemeHostAndPort(String text) {
    assertFalse(S3Endpoint.isAddress(text));
  }
}
