package io.cta.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts of an upload, and what is said of them. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class S3MultipartTest {
  private static final long USUAL = 8L << 20;

  @ParameterizedTest
  @ValueSource(longs = {1, 20L << 20, 83_886_080_000L, 83_886_080_001L, 1L << 40, 5L << 40})
  void thereAreNeverTooManyPartsNorTooSmallOnes(long size) {
    long part = S3Multipart.partBytes(size, USUAL);
    assertTrue(part >= S3Multipart.MIN_PART_BYTES, "part of " + part);
    assertTrue((size + part - 1) / part <= S3Multipart.MAX_PARTS, "part of " + part);
    assertEquals(size <= S3Multipart.MAX_PARTS * USUAL, part == USUAL);
  }

  @Test
  void anErrorInAGoodAnswerCompletesNothing() {
    assertFalse(completed("<Error><Code>InternalError</Code></Error>"));
    assertFalse(completed(""));
    assertFalse(completed("<CompleteMultipartUploadResult><ETag>"));
    assertTrue(
        completed(
            "<CompleteMultipartUploadResult><ETag>\"x-2\"</ETag></CompleteMultipartUploadResult>"));
    assertNull(S3Multipart.uploadId(bytes("<Error><Code>SlowDown</Code></Error>")));
  }

  @Test
  void partsAreNamedInTheirOrderWithTheTagsOfTheStore() {
    String xml =
        new String(S3Multipart.completion(List.of("\"a\"", "<b&c>")), StandardCharsets.UTF_8);
    assertTrue(
        xml.contains(
            "<Part><PartNumber>1</PartNumber><ETag>\"a\"</ETag></Part>"
                + "<Part><PartNumber>2</PartNumber><ETag>&lt;b&amp;c></ETag></Part>"),
        xml);
  }

  private static boolean completed(String xml) {
    return S3Multipart.isCompleted(bytes(xml));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
