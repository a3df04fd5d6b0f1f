package io.cta.agent.process;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds programs on the PATH, as a shell does. */
public final class ProgramFinder {
  private static final List<String> SUFFIXES =
      OperatingSystem.CURRENT == OperatingSystem.WINDOWS
          ? List.of(".exe", ".cmd", ".bat", "")
          : List.of("");

  private ProgramFinder() {}

  public static Optional<Path> find(String program) {
    String path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
    for (String dir : path.split(java.io.File.pathSeparator)) {
      for (String suffix : SUFFIXES) {
        Optional<Path> found = executable(dir, program + suffix);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Path> executable(String dir, String name) {
    try {
      Path file = Path.of(dir.isEmpty() ? "." : dir, name);
      return Files.isRegularFile(file) && Files.isExecutable(file)
          ? Optional.of(file)
          : Optional.empty();
    } catch (InvalidPathException odd) {
      return Optional.empty();
    }
  }
}
