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
 * Sets the wall clock of processes that were started with its variables, while they run. Their
 * monotonic clock stays the machine's. Needs libfaketime (Debian's package faketime).
 */
public final class FakeClock {
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"));

  private final Path library;
  private final Path file;

  /**
   * @param file file through which the clock is set
   */
  public FakeClock(Path library, Path file) {
    this.library = library;
    this.file = file;
    set(Duration.ZERO);
  }

  /** Returns the path of libfaketime; empty if it is not installed. */
  public static Optional<Path> library() {
    return LIBRARIES.stream().filter(Files::exists).findFirst();
  }

  public Map<String, String> env() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        "FAKETIME_CACHE_DURATION", "1",
        // processes that are killed must leave nothing in /dev/shm
        "FAKETIME_DISABLE_SHM", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        // otherwise each wait on the monotonic clock returns at once, and a JVM spins
        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  /**
   * Sets the clock this far ahead of the machine's, or behind it if negative. Processes see it
   * within a second.
   */
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
