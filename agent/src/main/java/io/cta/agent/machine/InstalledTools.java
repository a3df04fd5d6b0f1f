package io.cta.agent.machine;

import io.cta.agent.process.ProgramFinder;
import io.cta.time.MonotonicClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tools found on the PATH, with their versions where asking is cheap. */
final class InstalledTools {
  private static final List<String> KNOWN =
      List.of("git", "mvn", "node", "python3", "docker", "bash", "pwsh");
  private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");
  private static final Pattern MAVEN = Pattern.compile("maven-core-(\\d+(\\.\\d+)*).*\\.jar");

  /** Long enough that a busy machine gives every agent on it the same answers. */
  private static final long VERSION_TIMEOUT_MILLIS = 15_000;

  private InstalledTools() {}

  /** Tool to version; an empty version where it is not known. */
  static Map<String, String> found(MonotonicClock ticker) {
    Map<String, Path> paths = new LinkedHashMap<>();
    KNOWN.forEach(tool -> ProgramFinder.find(tool).ifPresent(path -> paths.put(tool, path)));
    Map<String, Process> asked = new LinkedHashMap<>();
    paths.forEach(
        (tool, path) -> {
          if (!tool.equals("mvn")) {
            ask(path).ifPresent(process -> asked.put(tool, process));
          }
        });
    long deadline = ticker.nanos() + TimeUnit.MILLISECONDS.toNanos(VERSION_TIMEOUT_MILLIS);
    Map<String, String> out = new LinkedHashMap<>();
    paths.forEach(
        (tool, path) ->
            out.put(
                tool,
                tool.equals("mvn")
                    ? mavenVersion(path)
                    : answer(asked.get(tool), deadline, ticker)));
    return out;
  }

  private static Optional<Process> ask(Path tool) {
    try {
      return Optional.of(
          new ProcessBuilder(tool.toString(), "--version").redirectErrorStream(true).start());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String answer(Process process, long deadline, MonotonicClock ticker) {
    if (process == null) {
      return "";
    }
    try {
      if (process.waitFor(Math.max(1, deadline - ticker.nanos()), TimeUnit.NANOSECONDS)) {
        byte[] bytes = process.getInputStream().readNBytes(1_000);
        return version(new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
    return "";
  }

  static String version(String text) {
    Matcher m = VERSION.matcher(text);
    return m.find() ? m.group() : "";
  }

  /** Reads the version from the names of Maven's files: to run Maven for it takes half a second. */
  private static String mavenVersion(Path mvn) {
    try {
      Path home = mvn.toRealPath().getParent().getParent();
      try (Stream<Path> files = Files.list(home.resolve("lib"))) {
        return files
            .map(file -> MAVEN.matcher(file.getFileName().toString()))
            .filter(Matcher::matches)
            .map(m -> m.group(1))
            .findFirst()
            .orElse("");
      }
    } catch (IOException | NullPointerException e) {
      return "";
    }
  }
}
