package io.cta.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which failures mean a full disk, and when a disk is low. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class DiskFullDetectorTest {
  @Test
  void theSystemsMessagesAreRecognisedAtAnyDepth() {
    assertTrue(DiskFullDetector.is(new IOException("No space left on device")));
    assertTrue(DiskFullDetector.is(new FileSystemException("/d/f", null, "Disk quota exceeded")));
    assertTrue(DiskFullDetector.is(new IOException("There is not enough space on the disk")));
    assertTrue(
        DiskFullDetector.is(
            new ExecutionException(
                new UncheckedIOException(new IOException("write: No space left on device")))));
    assertTrue(DiskFullDetector.is(new DiskLowFailure("disk low: 0 KB of 8 MB free in /d")));
  }

  @Test
  void otherFailuresAreNot() {
    assertFalse(DiskFullDetector.is(new NoSuchFileException("/d/f")));
    assertFalse(DiskFullDetector.is(new IOException((String) null)));
    assertFalse(DiskFullDetector.is(null));
    IOException loop = new IOException("a");
    loop.initCause(new IOException("b", loop));
    assertFalse(DiskFullDetector.is(loop));
  }

  @ParameterizedTest
  @CsvSource({
    // free and total in MB, the operator's mark in MB, low
    "0,    8,       0,    true",
    "1,    8,       0,    false",
    "511,  1000000, 0,    true",
    "513,  1000000, 0,    false",
    "900,  1000000, 1000, true",
    "7,    8,       1000, true",
    "0,    0,       0,    false", // a platform that does not say
  })
  void lowIsATwentiethOrHalfAGigabyteOrWhatTheOperatorSays(
      long free, long total, long mark, boolean low) {
    assertEquals(low, new DiskSpace(Path.of("/d"), free << 20, total << 20).low(mark << 20));
  }

  @Test
  void theTextNamesDirectoryAndSizes() {
    assertEquals(
        "disk low: 300 KB of 8 MB free in /d",
        new DiskSpace(Path.of("/d"), 300 << 10, 8 << 20).text());
    assertEquals(
        "disk low: 5 MB of 40 GB free in /d",
        new DiskSpace(Path.of("/d"), 5L << 20, 40L << 30).text());
  }
}
