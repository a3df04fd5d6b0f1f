package io.cta.agent.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives that are refused. */
class TarReaderTest {
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"L", "x"})
  void aNameThatTakesMuchMemoryIsRefusedUnread(String type) {
    byte[] announced = header(type.charAt(0), "00037777777");
    assertEquals("a name in the archive is too long", failure(announced));
  }

  @Test
  void anArchiveThatEndsWithinAFileIsRefused() {
    assertEquals("the archive is cut off", failure(header('0', "00000001000")));
  }

  @Test
  void anArchiveThatEndsWithinAHeaderIsRefused() {
    byte[] whole = header('0', "00000000000");
    assertEquals("the archive is cut off", failure(Arrays.copyOf(whole, 100)));
  }

  @Test
  void whatIsNoTarIsRefused() {
    assertEquals("not a tar archive", failure(header('0', "eleven text")));
  }

  private String failure(byte[] archive) {
    TarReader reader = new TarReader(new ByteArrayInputStream(archive));
    return assertThrows(
            ArchiveDamaged.class,
            () ->
                reader.extract(
                    new ArchiveWriter(dir, ArchiveLimits.DEFAULT, new DiskReserve(dir, 1))))
        .getMessage();
  }

  private static byte[] header(char type, String size) {
    byte[] header = new byte[512];
    put(header, 0, "name");
    put(header, 100, "0000644");
    put(header, 124, size);
    header[156] = (byte) type;
    put(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, String.format("%06o\0", sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
