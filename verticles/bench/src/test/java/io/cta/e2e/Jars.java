package io.cta.e2e;

import java.nio.file.Files;
import java.nio.file.Path;

/** The shipped jars, as the build left them. */
final class Jars {
  static final Path SERVER = find("verticles/server/target/cta.jar");
  static final Path AGENT = find("agent/target/cta-agent.jar");

  private Jars() {}

  private static Path find(String path) {
    Path dir = Path.of("").toAbsolutePath();
    while (dir != null && !Files.exists(dir.resolve("conf"))) {
      dir = dir.getParent();
    }
    if (dir == null || !Files.exists(dir.resolve(path))) {
      throw new IllegalStateException(path + " is not built: run mvn package first");
    }
    return dir.resolve(path);
  }
}
