package io.cta.bench.chaos;

import io.cta.bench.history.LeftoverProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the test processes that run now, by their environment. */
final class TestProcesses {
  private static final Path PROC = Path.of("/proc");

  private TestProcesses() {}

  /**
   * @param wanted accepts the ids of the executions to look for
   */
  static List<LeftoverProcess> of(Predicate<String> wanted) {
    List<LeftoverProcess> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        Map<String, String> env = environment(process);
        if (env.containsKey("CTA_TASK_ID") && wanted.test(env.get("CTA_EXECUTION_ID"))) {
          found.add(
              new LeftoverProcess(
                  env.get("CTA_TASK_ID"),
                  Integer.parseInt(env.get("CTA_ATTEMPT")),
                  Long.parseLong(process.getFileName().toString()),
                  Instant.now()));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the process table cannot be read", e);
    }
    return found;
  }

  static void kill(Predicate<String> wanted) {
    of(wanted)
        .forEach(one -> ProcessHandle.of(one.pid()).ifPresent(ProcessHandle::destroyForcibly));
  }

  /** Returns no variables for a process that has ended meanwhile or belongs to another user. */
  private static Map<String, String> environment(Path process) {
    try {
      byte[] bytes = Files.readAllBytes(process.resolve("environ"));
      return Stream.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\0"))
          .filter(entry -> entry.startsWith("CTA_") && entry.indexOf('=') > 0)
          .collect(
              Collectors.toMap(
                  entry -> entry.substring(0, entry.indexOf('=')),
                  entry -> entry.substring(entry.indexOf('=') + 1),
                  (a, b) -> a));
    } catch (IOException e) {
      return Map.of();
    }
  }
}
