package io.cta.agent.machine;

import io.cta.agent.process.ProgramFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The major versions of Java that tests find: on the PATH, in JAVA_HOME, and the agent's own. */
final class InstalledJdks {
  private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(?:1\\.)?(\\d+)");

  private InstalledJdks() {}

  static List<String> majors() {
    TreeSet<String> out = new TreeSet<>();
    out.add(String.valueOf(Runtime.version().feature()));
    home().flatMap(InstalledJdks::release).ifPresent(out::add);
    ProgramFinder.find("java")
        .flatMap(InstalledJdks::homeOf)
        .flatMap(InstalledJdks::release)
        .ifPresent(out::add);
    return List.copyOf(out);
  }

  private static Optional<Path> home() {
    return Optional.ofNullable(System.getenv("JAVA_HOME")).filter(s -> !s.isBlank()).map(Path::of);
  }

  private static Optional<Path> homeOf(Path java) {
    try {
      Path bin = java.toRealPath().getParent();
      return Optional.ofNullable(bin).map(Path::getParent);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> release(Path home) {
    try {
      Matcher m = VERSION.matcher(Files.readString(home.resolve("release")));
      return m.find() ? Optional.of(m.group(1)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
