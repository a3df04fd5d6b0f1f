package io.cta.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.error.ServiceFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Output that is not what it states is refused before anything of it is unpacked. */
class LogBytesTest {
  private static final byte[] OUTPUT = "1 passed\n".getBytes();

  @Test
  void a_piece_that_is_what_it_says_is_taken_and_comes_back() {
    LogBytes.check(piece(zipped(OUTPUT), OUTPUT.length));
    assertArrayEquals(OUTPUT, LogBytes.unpack(zipped(OUTPUT), OUTPUT.length));
  }

  @Test
  void a_gap_may_be_as_large_as_it_was() {
    LogBytes.check(
        LogWrittenBuilder.builder()
            .executionId("e")
            .taskId("t")
            .attempt(1)
            .token("k")
            .testId("a")
            .size(Integer.MAX_VALUE)
            .gap(true)
            .build());
  }

  @Test
  void a_piece_that_says_500_megabytes_is_refused() {
    refused("size", piece(zipped(OUTPUT), 500_000_000));
  }

  @Test
  void a_piece_that_becomes_more_than_it_says_is_refused_and_never_unpacked_further() {
    String bomb = zipped(new byte[50_000_000]);
    refused("data", piece(bomb, 10));
    assertEquals(10, LogBytes.unpack(bomb, 10).length);
    assertEquals(LogBytes.MAX_BYTES, LogBytes.unpack(bomb, Integer.MAX_VALUE).length);
  }

  @Test
  void what_is_no_base64_or_no_gzip_is_refused_and_reads_as_nothing() {
    for (String data : new String[] {"%%%", "eA", "AAAA", "eA==".repeat(20), "é", ""}) {
      refused("data", piece(data, 1));
      assertEquals(0, LogBytes.unpack(data, 1).length);
    }
    refused("data", piece(null, 1));
  }

  @Test
  void places_beyond_any_log_are_refused() {
    String data = zipped(OUTPUT);
    int n = OUTPUT.length;
    refused(
        "seq",
        LogWrittenBuilder.builder()
            .executionId("e")
            .taskId("t")
            .attempt(1)
            .token("k")
            .testId("a")
            .seq(-1)
            .size(n)
            .data(data)
            .build());
    refused(
        "seq",
        LogWrittenBuilder.builder()
            .executionId("e")
            .taskId("t")
            .attempt(1)
            .token("k")
            .testId("a")
            .seq(100_000_000)
            .size(n)
            .data(data)
            .build());
    refused(
        "offset",
        LogWrittenBuilder.builder()
            .executionId("e")
            .taskId("t")
            .attempt(1)
            .token("k")
            .testId("a")
            .offset(Long.MAX_VALUE)
            .size(n)
            .data(data)
            .build());
    refused(
        "size",
        LogWrittenBuilder.builder()
            .executionId("e")
            .taskId("t")
            .attempt(1)
            .token("k")
            .testId("a")
            .size(-1)
            .gap(true)
            .build());
  }

  private static LogWritten piece(String data, int size) {
    return LogWrittenBuilder.builder()
        .executionId("e")
        .taskId("t")
        .attempt(1)
        .token("k")
        .testId("a")
        .size(size)
        .data(data)
        .build();
  }

  private static void refused(String field, LogWritten log) {
    assertEquals(field, assertThrows(ServiceFailure.class, () -> LogBytes.check(log)).field());
  }

  private static String zipped(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Base64.getEncoder().encodeToString(out.toByteArray());
  }
}
