package io.cta.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples that Amazon publishes with the description of the signature. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class S3SignerTest {
  private static final S3Credentials EXAMPLE =
      new S3Credentials("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null);
  private static final Instant TIME = Instant.parse("2013-05-24T00:00:00Z");
  private static final String HOST = "https://examplebucket.s3.amazonaws.com";

  static Stream<Arguments> examples() {
    return Stream.of(
        Arguments.of(
            "GET",
            "/test.txt",
            Map.of("Range", "bytes=0-9"),
            S3Signer.EMPTY_SHA256,
            "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
        Arguments.of(
            "PUT",
            "/test%24file.text",
            Map.of(
                "Date",
                "Fri, 24 May 2013 00:00:00 GMT",
                "x-amz-storage-class",
                "REDUCED_REDUNDANCY"),
            Sha256.of("Welcome to Amazon S3."),
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
        Arguments.of(
            "GET",
            "/?lifecycle",
            Map.of(),
            S3Signer.EMPTY_SHA256,
            "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"),
        Arguments.of(
            "GET",
            "/?max-keys=2&prefix=J",
            Map.of(),
            S3Signer.EMPTY_SHA256,
            "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void aPublishedExampleHasItsSignature(
      String method, String path, Map<String, String> headers, String sha256, String signature) {
    Map<String, String> sent =
        new S3Signer(EXAMPLE)
            .sign(method, URI.create(HOST + path), headers, sha256, "us-east-1", TIME);
    String authorization = sent.get("Authorization");
    assertTrue(authorization.endsWith("Signature=" + signature), authorization);
    assertTrue(
        authorization.startsWith(
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                + "SignedHeaders="),
        authorization);
    assertEquals(sha256, sent.get("x-amz-content-sha256"));
  }

  @Test
  void temporaryCredentialsSendTheirTokenAndSignIt() {
    S3Credentials temporary = new S3Credentials("AK", "secret", "the-token");
    Map<String, String> sent =
        new S3Signer(temporary)
            .sign("GET", URI.create(HOST + "/a"), Map.of(), S3Signer.EMPTY_SHA256, "eu-1", TIME);
    assertEquals("the-token", sent.get("x-amz-security-token"));
    assertTrue(sent.get("Authorization").contains("x-amz-date;x-amz-security-token,"));
    assertFalse(sent.toString().contains("=secret"));
    assertFalse(temporary.toString().contains("secret"));
  }
}
