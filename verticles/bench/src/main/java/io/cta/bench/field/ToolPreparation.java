package io.cta.bench.field;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Prepares a tool: copies its suites, and installs the tool if that is possible. */
final class ToolPreparation {
  private static final long LIMIT_MINUTES = 10;

  private ToolPreparation() {}

  /** Copies the tool's directory to one that may be written to. */
  static FieldTool copied(FieldTool tool, Path work) throws IOException {
    Path to = work.resolve(tool.name());
    try (Stream<Path> files = Files.walk(tool.dir())) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(tool.dir().relativize(file).toString()));
      }
    }
    return FieldTool.read(to);
  }

  /**
   * Runs the tool's {@code prepare.sh}; returns null if the tool is ready, else the reason why not.
   */
  static String prepare(FieldTool tool, Path tools) throws IOException, InterruptedException {
    Path output = tool.dir().resolve("prepare.out");
    ProcessBuilder builder =
        new ProcessBuilder("sh", "prepare.sh")
            .directory(tool.dir().toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("TOOLS", tools.toString());
    Process process = builder.start();
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      return "not installed after " + LIMIT_MINUTES + " minutes";
    }
    if (process.exitValue() == 0) {
      return null;
    }
    List<String> lines = Files.readAllLines(output);
    return lines.isEmpty() ? "prepare.sh failed" : lines.get(lines.size() - 1);
  }
}
