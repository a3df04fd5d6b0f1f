package io.cta.bench.fleet;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the shipped jars where the build puts them. */
public final class ShippedJars {
  public static final Path SERVER = find("verticles/server/target/cta.jar");
  public static final Path AGENT = find("agent/target/cta-agent.jar");

  private ShippedJars() {}

  /** Returns a file or directory of the source tree from which this class was built. */
  public static Path source(String path) {
    Path dir = here();
    while (dir != null && !Files.exists(dir.resolve("conf"))) {
      dir = dir.getParent();
    }
    if (dir == null || !Files.exists(dir.resolve(path))) {
      throw new IllegalStateException("there is no " + path + " here");
    }
    return dir.resolve(path);
  }

  private static Path find(String path) {
    try {
      return source(path);
    } catch (IllegalStateException absent) {
      throw new IllegalStateException(path + " is not built: run mvn package first", absent);
    }
  }

  private static Path here() {
    try {
      return Path.of(ShippedJars.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
