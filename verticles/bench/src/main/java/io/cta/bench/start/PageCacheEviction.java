package io.cta.bench.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the system drop files from its page cache, so that the next reader waits for the disk. What
 * other processes have mapped, such as the files of another Java, stays in the cache.
 */
public final class PageCacheEviction {
  private final List<Path> places;

  /**
   * @param places files, and directories with all their contents
   */
  public PageCacheEviction(List<Path> places) {
    this.places = List.copyOf(places);
  }

  public void evict() throws IOException {
    for (Path place : places) {
      List<Path> files;
      try (Stream<Path> all = Files.walk(place)) {
        files = all.filter(Files::isRegularFile).filter(Files::isReadable).toList();
      }
      for (Path file : files) {
        forget(file);
      }
    }
  }

  /** Drops one file from the cache, as {@code dd} does with {@code iflag=nocache count=0}. */
  private static void forget(Path file) throws IOException {
    List<String> dd = new ArrayList<>(List.of("dd", "if=" + file, "iflag=nocache", "count=0"));
    Process process =
        new ProcessBuilder(dd)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException("dd cannot evict " + file);
    }
  }
}
