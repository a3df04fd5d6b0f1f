package io.cta.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds files of the repository from wherever the build runs. */
final class TopDirectory {
  private TopDirectory() {}

  static Path path(String name) {
    Path dir = Path.of("").toAbsolutePath();
    while (!Files.exists(dir.resolve("cta"))) {
      dir = dir.getParent();
    }
    return dir.resolve(name);
  }
}
