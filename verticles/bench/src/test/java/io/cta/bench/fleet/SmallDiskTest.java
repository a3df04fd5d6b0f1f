package io.cta.bench.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SmallDiskTest {
  @TempDir Path dir;

  @Test
  void isFullToItsLastByteAndThenHasRoomAgain() throws IOException {
    Path data = dir.resolve("data");
    try (SmallDisk disk = mounted(data)) {
      Files.writeString(data.resolve("before"), "kept");
      disk.fill();
      assertThrows(IOException.class, () -> Files.writeString(data.resolve("during"), "lost"));
      disk.free();
      Files.writeString(data.resolve("after"), "kept");
    }
    assertEquals("kept", Files.readString(data.resolve("before")));
    assertEquals("kept", Files.readString(data.resolve("after")));
  }

  private static SmallDisk mounted(Path data) {
    try {
      return new SmallDisk(data, 4);
    } catch (IOException e) {
      assumeTrue(false, "may not mount here: " + e.getMessage());
      throw new AssertionError(e);
    }
  }
}
