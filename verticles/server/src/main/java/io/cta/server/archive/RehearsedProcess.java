package io.cta.server.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of the Java that runs this one, with its output in a file. */
final class RehearsedProcess implements AutoCloseable {
  private static final long POLLS_A_SECOND = 50;
  private static final long STOP_SECONDS = 40;
  private static final int LAST_LINES = 5;

  private final Process process;
  private final Path output;

  RehearsedProcess(List<String> arguments, Map<String, String> env, Path output)
      throws IOException {
    this.output = output;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    // the settings of whoever builds are not meant for these processes
    builder.environment().keySet().removeIf(name -> name.startsWith("CTA_"));
    builder.environment().putAll(env);
    process = builder.start();
  }

  /** Waits until the output has what is looked for. */
  Matcher prints(Pattern text, long limitSeconds) throws IOException, InterruptedException {
    for (long polls = limitSeconds * POLLS_A_SECOND; polls > 0; polls--) {
      boolean alive = process.isAlive();
      Matcher found = text.matcher(Files.readString(output));
      if (found.find()) {
        return found;
      }
      if (!alive) {
        break;
      }
      process.waitFor(1000 / POLLS_A_SECOND, TimeUnit.MILLISECONDS);
    }
    throw failure();
  }

  void succeeds(long limit, TimeUnit unit) throws IOException, InterruptedException {
    if (!process.waitFor(limit, unit) || process.exitValue() != 0) {
      throw failure();
    }
  }

  /** Ends it as TERM does: only then it writes what it has loaded. */
  void terminate() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      throw failure();
    }
  }

  private IOException failure() throws IOException {
    List<String> lines = Files.readAllLines(output);
    return new IOException(
        String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
