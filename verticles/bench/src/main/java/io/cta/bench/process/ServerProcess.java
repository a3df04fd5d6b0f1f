package io.cta.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a Java server in a process of its own; the server prints the port on which it listens. */
public final class ServerProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("is ready at http://127\\.0\\.0\\.1:(\\d+)");
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long STOP_SECONDS = 40;

  private final Process process;
  private final Path output;
  private final Thread end = new Thread(this::kill, "cta-bench-end");
  private final int port;

  /**
   * Starts the process and waits until the server is ready.
   *
   * @param arguments arguments of {@code java}
   */
  public ServerProcess(List<String> arguments, Map<String, String> env, Path output) {
    this.output = output;
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(env);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // no server stays behind when somebody interrupts the measurement
    Runtime.getRuntime().addShutdownHook(end);
    port = awaitReady();
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  public ProcessReader reader() {
    return new ProcessReader(process.pid());
  }

  private int awaitReady() {
    long limit = System.nanoTime() + START_NANOS;
    while (process.isAlive() && System.nanoTime() < limit) {
      Matcher ready = READY.matcher(printed());
      if (ready.find()) {
        return Integer.parseInt(ready.group(1));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    close();
    throw new IllegalStateException("the server did not start:\n" + printed());
  }

  private String printed() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void kill() {
    process.destroyForcibly();
  }

  /** Ends the process by TERM and waits until it is gone. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(end);
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }
}
