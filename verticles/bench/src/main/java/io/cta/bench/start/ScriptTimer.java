package io.cta.bench.start;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code ./cta} and measures the time, which includes the script's own. */
public final class ScriptTimer {
  private static final String READY = "is ready at ";
  private static final long STOP_SECONDS = 40;

  private final Path script;
  private final Map<String, String> env;

  /**
   * @param env environment of server and commands
   */
  public ScriptTimer(Path script, Map<String, String> env) {
    this.script = script;
    this.env = Map.copyOf(env);
  }

  /** Returns the milliseconds until a server says that it is ready, and stops the server. */
  public double serve(Path data) throws IOException {
    long begin = System.nanoTime();
    try (MeasuredServer server = server(data)) {
      server.url();
      return millis(begin);
    }
  }

  /** Starts a server for the commands. */
  public MeasuredServer server(Path data) throws IOException {
    ProcessBuilder builder = builder(List.of("serve"));
    builder.environment().put("CTA_DATA", data.toString());
    builder.environment().put("CTA_HTTP_HOST", "127.0.0.1");
    builder.environment().put("CTA_HTTP_PORT", "0");
    return new MeasuredServer(builder.start());
  }

  /** Returns the milliseconds until a command has ended; fails if the command fails. */
  public double command(String url, List<String> arguments) throws IOException {
    ProcessBuilder builder = builder(arguments);
    builder.environment().put("CTA_SERVER", url);
    long begin = System.nanoTime();
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes());
    int code = process.onExit().join().exitValue();
    double millis = millis(begin);
    if (code != 0) {
      throw new IOException(String.join(" ", arguments) + " ended with " + code + ": " + printed);
    }
    return millis;
  }

  private ProcessBuilder builder(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(env);
    return builder;
  }

  private static double millis(long begin) {
    return (System.nanoTime() - begin) / 1e6;
  }

  /** A server that runs until it is closed. */
  public static final class MeasuredServer implements AutoCloseable {
    private final Process process;
    private final BufferedReader printed;

    private MeasuredServer(Process process) {
      this.process = process;
      this.printed = process.inputReader();
    }

    /** Waits until it is ready. */
    public String url() throws IOException {
      StringBuilder before = new StringBuilder();
      for (String line = printed.readLine(); line != null; line = printed.readLine()) {
        if (line.contains(READY)) {
          return line.substring(line.indexOf(READY) + READY.length());
        }
        before.append(line).append('\n');
      }
      throw new IOException("the server did not start:\n" + before);
    }

    @Override
    public void close() {
      process.destroy();
      try {
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
