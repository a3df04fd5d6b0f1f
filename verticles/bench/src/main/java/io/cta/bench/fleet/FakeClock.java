package io.cta.bench.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clock of processes that are started with its variables, to be set while they run; their
 * monotonic clock is the machine's. Needs libfaketime (Debian's package faketime).
 */
public final class FakeClock {
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

  private final Path library;
  private final Path file;

  /**
   * @param file that it may write
   */
  public FakeClock(Path library, Path file) {
    this.library = library;
    this.file = file;
    set(Duration.ZERO);
  }

  /** Where the library is, empty when it is not installed. */
  public static Optional<Path> library() {
    return LIBRARIES.stream().filter(Files::exists).findFirst();
  }

  public Map<String, String> env() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        // nothing is to stay in /dev/shm when they are killed
        "FAKETIME_DISABLE_SHM", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        // else each wait on a monotonic clock returns at once, and a JVM does nothing but wait
        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  /** Within a second it is ahead of the machine's by so much, behind when negative. */
  public void set(Duration ahead) {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.writeString(next, "%+d%n".formatted(ahead.toSeconds()));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
