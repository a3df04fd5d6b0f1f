package io.cta.server.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cta.error.ServiceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Keys are sealed with a key in a file. */
class KeyFileStorageTest {
  private static final String KEY = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  @TempDir Path directory;

  @Test
  void whatWasSealedIsOpenedAfterARestart() throws IOException {
    String sealed = KeyFileStorage.open(directory).seal(KEY);
    assertEquals(KEY, KeyFileStorage.open(directory).open(sealed));
  }

  @Test
  void whatIsSealedTellsNothing() throws IOException {
    KeyFileStorage storage = KeyFileStorage.open(directory);
    assertNotEquals(storage.seal(KEY), storage.seal(KEY));
    assertFalse(storage.seal(KEY).contains(KEY.substring(6)));
  }

  @Test
  void whatAnotherFileSealedOrSomebodyChangedIsNotOpened() throws IOException {
    String sealed = KeyFileStorage.open(directory).seal(KEY);
    KeyFileStorage other = KeyFileStorage.open(directory.resolve("other"));
    assertThrows(ServiceFailure.class, () -> other.open(sealed));
    KeyFileStorage storage = KeyFileStorage.open(directory);
    char last = sealed.charAt(sealed.length() - 5);
    String changed =
        sealed.substring(0, sealed.length() - 5)
            + (last == 'A' ? 'B' : 'A')
            + sealed.substring(sealed.length() - 4);
    assertThrows(ServiceFailure.class, () -> storage.open(changed));
    assertThrows(ServiceFailure.class, () -> storage.open(KEY));
    assertThrows(ServiceFailure.class, () -> storage.open(""));
  }

  @Test
  void aBrokenFileIsNotReplaced() throws IOException {
    Files.writeString(directory.resolve("channel-key"), "x");
    assertThrows(IOException.class, () -> KeyFileStorage.open(directory));
    assertEquals("x", Files.readString(directory.resolve("channel-key")));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void onlyTheOwnerReadsTheFile() throws IOException {
    KeyFileStorage.open(directory);
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(directory.resolve("channel-key"))));
  }
}
