package io.cta.bench;

import io.cta.bench.fleet.ShippedJars;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the options of Java that {@code ./cta serve} uses. */
final class ServerJvmOptions {
  private ServerJvmOptions() {}

  static List<String> of(Path jar) {
    List<String> options = new ArrayList<>(List.of("@" + file()));
    if (archived(jar)) {
      options.add("-XX:SharedArchiveFile=" + archive(jar));
    }
    return options;
  }

  /** Returns the options in one line, for the report. */
  static String describe(Path jar) {
    try {
      String options =
          Files.readAllLines(file()).stream()
              .filter(line -> line.startsWith("-"))
              .collect(Collectors.joining(" "));
      return options + (archived(jar) ? ", class archive" : ", no class archive");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the jar has a class archive. The archive is an empty file if none could be made. */
  private static boolean archived(Path jar) {
    return archive(jar).toFile().length() > 0;
  }

  private static Path file() {
    return ShippedJars.source("conf/jvm.options");
  }

  private static Path archive(Path jar) {
    return jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", ".jsa"));
  }
}
