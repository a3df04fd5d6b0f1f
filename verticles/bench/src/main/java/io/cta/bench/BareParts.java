package io.cta.bench;

import io.cta.bench.process.FigureSet;
import io.cta.bench.process.ProcessReader;
import io.cta.bench.process.ProcessUsage;
import io.cta.bench.process.ServerProcess;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * Measures the parts that the server is made of, each alone, with the same number of executions.
 */
final class BareParts {
  private static final int CONNECTIONS = 64;
  private static final int WARM_UP_WINDOW = 2_000;

  private final int executions;
  private final int atOnce;
  private final OptionalInt warmUp;

  /**
   * @param warmUp executions before those that count; empty to go on until the rate is steady
   */
  BareParts(int executions, int atOnce, OptionalInt warmUp) {
    this.executions = executions;
    this.atOnce = atOnce;
    this.warmUp = warmUp;
  }

  /** Measures SQLite in this process, written by one thread. */
  void sqlite(FigureSet figureSet, Path directory, String synchronous) throws IOException {
    Files.createDirectories(directory);
    try (BareSqlite sqlite = new BareSqlite(directory.resolve("bare.db"), synchronous)) {
      BareSqliteExecutions work = new BareSqliteExecutions(sqlite);
      measure(figureSet, "bare SQLite, 8 statements, 2.9 KB", ProcessReader.own(), work::write);
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /**
   * Measures a bare Vert.x HTTP server in a process of its own, which answers the same requests.
   */
  void http(FigureSet figureSet, Path directory) throws IOException {
    Files.createDirectories(directory);
    List<String> java =
        List.of(
            "-XX:-UseDynamicNumberOfCompilerThreads",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "bare-http");
    Vertx vertx = Vertx.vertx();
    try (ServerProcess server =
        new ServerProcess(java, Map.of(), directory.resolve("bare-http.log"))) {
      RestClient rest = new RestClient(vertx, server.port(), BenchServer.ADMIN, CONNECTIONS);
      Context loop = EventLoops.next(vertx);
      JsonObject body = new JsonObject().put("scenario", NoopScenario.NAME);
      measure(
          figureSet,
          "bare Vert.x HTTP, 202 to the same POST",
          server.reader(),
          n ->
              new BoundedRepeater(() -> rest.post("executions", body), n, atOnce)
                  .run(loop)
                  .await());
    } finally {
      vertx.close().await();
    }
  }

  private void measure(FigureSet figureSet, String what, ProcessReader process, IntConsumer work) {
    new WarmUpPhase(WARM_UP_WINDOW, work).run(warmUp);
    Optional<ProcessUsage> before = process.usage();
    long begin = System.nanoTime();
    work.accept(executions);
    figureSet.put(what + ": per second", executions * 1e9 / (System.nanoTime() - begin));
    Optional<ProcessUsage> after = process.usage();
    if (before.isPresent() && after.isPresent()) {
      double millis = after.get().since(before.get()).times().withoutCompiler();
      figureSet.put(what + ": processor, ms", millis / executions);
    }
  }
}
