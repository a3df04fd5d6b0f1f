package io.cta.cli;

import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Counts the reports that the example suites copy to {@code $KEEP_REPORTS/TASK/ATTEMPT/TEST/}. Of a
 * test that ran more than once, the last attempt counts.
 */
final class KeptReports {
  private KeptReports() {}

  static JUnitCount count(Path kept) {
    try {
      JUnitCount sum = JUnitCount.NONE;
      for (Path task : children(kept)) {
        for (Path test : lastAttempts(task)) {
          sum = sum.plus(JUnitCount.below(test));
        }
      }
      return sum;
    } catch (IOException e) {
      throw new CliFailure(ExitCode.FAILED, "cannot count the reports below " + kept + ": " + e);
    }
  }

  private static Iterable<Path> lastAttempts(Path task) throws IOException {
    Map<String, Path> last = new TreeMap<>();
    Map<Integer, Path> attempts = new TreeMap<>();
    for (Path attempt : children(task)) {
      attempts.put(Integer.valueOf(attempt.getFileName().toString()), attempt);
    }
    for (Path attempt : attempts.values()) {
      for (Path test : children(attempt)) {
        last.put(test.getFileName().toString(), test);
      }
    }
    return last.values();
  }

  private static List<Path> children(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> list = Files.list(directory)) {
      return list.sorted().toList();
    }
  }
}
