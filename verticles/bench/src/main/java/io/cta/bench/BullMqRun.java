package io.cta.bench;

import io.cta.bench.fleet.ShippedJars;
import io.cta.bench.process.FigureSet;
import io.cta.broker.KeptPort;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Measures another job queue for comparison: BullMQ on a Redis of its own, if both are installed.
 */
final class BullMqRun {
  private static final String SCRIPT = "verticles/bench/src/node/bullmq.cjs";
  private static final int WARM_UP_JOBS = 10_000;
  private static final long LIMIT_SECONDS = 300;

  private BullMqRun() {}

  /** Says why BullMQ cannot be measured on this machine; empty if it can. */
  static Optional<String> hindrance() throws IOException {
    for (String program : List.of("node", "redis-server")) {
      if (!onPath(program)) {
        return Optional.of("there is no " + program + " on the PATH");
      }
    }
    String resolve =
        "for (const name of ['bullmq', 'ioredis']) require.resolve(name, {paths: [process.cwd()]})";
    Process node = quiet(new ProcessBuilder("node", "-e", resolve)).start();
    return await(node) == 0
        ? Optional.empty()
        : Optional.of("node finds no bullmq and ioredis from here: npm install bullmq ioredis");
  }

  static void measure(FigureSet figureSet, Path directory, int jobs, int atOnce)
      throws IOException {
    Files.createDirectories(directory);
    String port = String.valueOf(KeptPort.next());
    ProcessBuilder redis =
        new ProcessBuilder(
            "redis-server",
            "--port",
            port,
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "yes",
            "--appendfsync",
            "everysec",
            "--dir",
            directory.toString());
    Process server = quiet(redis).start();
    Thread end = new Thread(server::destroyForcibly, "cta-bench-redis-end");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      JsonObject result = run(port, jobs, atOnce);
      figureSet
          .put("BullMQ, Redis AOF everysec: per second", result.getDouble("perSecond"))
          .put("BullMQ, Redis AOF everysec: processor, ms", result.getDouble("processorMillis"));
    } finally {
      Runtime.getRuntime().removeShutdownHook(end);
      server.destroy();
      await(server);
    }
  }

  private static JsonObject run(String port, int jobs, int atOnce) throws IOException {
    Process node =
        new ProcessBuilder(
                "node",
                ShippedJars.source(SCRIPT).toString(),
                port,
                String.valueOf(jobs),
                String.valueOf(atOnce),
                String.valueOf(WARM_UP_JOBS))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String printed = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (await(node) != 0) {
      throw new IOException("BullMQ's script failed: " + printed);
    }
    return new JsonObject(printed.trim());
  }

  private static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private static ProcessBuilder quiet(ProcessBuilder process) {
    return process
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  private static int await(Process process) {
    try {
      if (process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly();
      return -1;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      throw new IllegalStateException(e);
    }
  }
}
