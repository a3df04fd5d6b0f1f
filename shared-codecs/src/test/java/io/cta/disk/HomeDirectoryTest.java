package io.cta.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 10, unit = TimeUnit.SECONDS)
class HomeDirectoryTest {
  @TempDir Path dir;

  @BeforeEach
  void homes() throws IOException {
    Files.createDirectories(dir.resolve("a"));
    Files.createDirectories(dir.resolve("b/kept"));
    Files.writeString(dir.resolve("file"), "");
    Files.createDirectories(dir.resolve("blocked"));
    Files.writeString(dir.resolve("blocked/kept"), "");
  }

  @ParameterizedTest(name = "user.home {0}, HOME {1}: {2}")
  @CsvSource({
    "/a, /b, /a/kept",
    "?, /b, /b/kept",
    "?, /a, /a/kept",
    "?, , ",
    "?, '', ",
    "?, ?, ",
    "?, relative, ",
    "?, /none, ",
    "?, /file, ",
    "/none, /b, /b/kept",
    "/blocked, /b, /b/kept",
    ", /b, /b/kept",
    "/b, , /b/kept"
  })
  void writableIsInTheFirstHomeThatCanBeWritten(String system, String home, String expected) {
    assertEquals(path(expected), new HomeDirectory(text(system), text(home)).writable("kept"));
  }

  @ParameterizedTest(name = "user.home {0}, HOME {1}: {2}")
  @CsvSource({"/b, /a, /b/kept", "/a, /b, /b/kept", "?, /b, /b/kept", "?, /a, ", "?, , ", "?, ?, "})
  void existingIsInTheFirstHomeThatHasIt(String system, String home, String expected) {
    assertEquals(path(expected), new HomeDirectory(text(system), text(home)).existing("kept"));
  }

  @ParameterizedTest
  @CsvSource({"/a, false", "?, true", "/none, true", ", true"})
  void othersDoNotFindAHomeThatTheSystemDoesNotKnow(String system, boolean expected) {
    assertEquals(expected, new HomeDirectory(text(system), text("/b")).isOfVariable());
  }

  private String text(String home) {
    return home != null && home.startsWith("/") ? dir + home : home;
  }

  private Optional<Path> path(String text) {
    return Optional.ofNullable(text).map(below -> Path.of(dir + below));
  }
}
