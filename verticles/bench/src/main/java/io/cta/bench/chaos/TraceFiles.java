package io.cta.bench.chaos;

import io.cta.bench.history.ProcessTrace;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the traces that test processes wrote: files {@code task.attempt.test.pid.begin} and {@code
 * task.attempt.test.pid.end}.
 */
final class TraceFiles {
  private static final String BEGIN = ".begin";

  private TraceFiles() {}

  static List<ProcessTrace> read(Path dir) throws IOException {
    List<ProcessTrace> traces = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, "*" + BEGIN)) {
      for (Path file : files) {
        traces.add(trace(file));
      }
    }
    return traces;
  }

  private static ProcessTrace trace(Path begin) throws IOException {
    String file = begin.getFileName().toString();
    String name = file.substring(0, file.length() - BEGIN.length());
    String[] parts = name.split("\\.");
    Path end = begin.resolveSibling(name + ".end");
    return new ProcessTrace(
        parts[0],
        Integer.parseInt(parts[1]),
        parts[2],
        Long.parseLong(parts[3]),
        text(begin),
        Files.getLastModifiedTime(begin).toInstant(),
        Files.exists(end) && text(end) != null ? Integer.valueOf(text(end)) : null);
  }

  /** Returns null if the process was killed after it opened the file and before it wrote. */
  private static String text(Path file) throws IOException {
    String text = Files.readString(file).trim();
    return text.isEmpty() ? null : text;
  }
}
