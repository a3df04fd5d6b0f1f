package io.cta.server.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.disk.DiskSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When new work is refused, and the reserve kept for results. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class DiskStateTest {
  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({
    // KB free, KB total
    "3000,    49152,      OK",
    "2000,    49152,      LOW",
    "100,     49152,      FULL",
    "600000,  1000000000, OK",
    "500000,  1000000000, LOW",
    "2000,    1000000000, LOW",
    "1000,    1000000000, FULL",
    "0,       0,          OK", // a platform that does not report it
  })
  void aTwentiethFreeIsLowAndAlmostNothingIsFull(long free, long total, DiskState state) {
    assertEquals(state, DiskState.of(new DiskSpace(dir, free << 10, total << 10)));
  }

  @Test
  void theReserveIsMadeOnceAndGivenUpOnce() throws IOException {
    ReserveFile reserve = new ReserveFile(dir);
    reserve.make(new DiskSpace(dir, 40 << 20, 50 << 20));
    assertEquals(1 << 20, Files.size(dir.resolve("reserve")));
    assertTrue(reserve.giveUp());
    assertFalse(reserve.giveUp());
  }

  @Test
  void theReserveIsNotMadeFromTheLastFreeSpace() throws IOException {
    new ReserveFile(dir).make(new DiskSpace(dir, 4 << 20, 50 << 20));
    assertFalse(Files.exists(dir.resolve("reserve")));
  }
}
