package io.cta.bench;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how long the lists of the API take on a full store. */
@Command(
    name = "queries",
    mixinStandardHelpOptions = true,
    description =
        "Fills a SQLite store and asks a shipped server for every list of the API, with each of its"
            + " filters.")
final class QueriesCommand implements Callable<Integer> {
  private static final long SEED = 4711;

  @Option(names = "--statuses", description = "in the store, default ${DEFAULT-VALUE}")
  private int statuses = 1_000_000;

  @Option(names = "--executions", description = "that have them, default ${DEFAULT-VALUE}")
  private int executions = 2_000;

  @Option(names = "--times", description = "each query, default ${DEFAULT-VALUE}")
  private int times = 200;

  @Option(names = "--warm-up", description = "times each query before, default ${DEFAULT-VALUE}")
  private int warmUp = 50;

  @Mixin private ServerChoice servers = new ServerChoice();

  @Override
  public Integer call() throws IOException {
    StoreSeed seed = new StoreSeed(executions, statuses);
    System.out.print(SystemInfo.describe());
    System.out.printf(
        "settings  SQLite, %s; %,d statuses of %,d executions with %d tasks each; each query %d"
            + " times, one at a time, after %d%nserver    %s%n",
        servers.describe(),
        seed.statuses(),
        executions,
        SeedExecutions.TASKS,
        times,
        warmUp,
        servers.jar());
    try {
      Path data = Files.createDirectories(servers.newDirectory("server"));
      long begin = System.nanoTime();
      SeededStore seeded = seed.fill(data);
      System.out.printf(
          "filled    in %.0f s, %,d MB%n%n",
          (System.nanoTime() - begin) / 1e9, Files.size(data.resolve("cta.db")) >> 20);
      List<QueryResult> results;
      try (BenchServer server = servers.start(servers.jar(), new StoreChoice().serverEnv(), data)) {
        results = ask(server, seeded);
      }
      print(results);
      System.out.println("beside it, in this process");
      print(List.of(BareSqliteQueries.measure(data, warmUp, times, new Random(SEED))));
      return ExitCode.OK;
    } finally {
      servers.cleanUp();
    }
  }

  private List<QueryResult> ask(BenchServer server, SeededStore seeded) {
    Vertx vertx = Vertx.vertx();
    try {
      RestClient rest = new RestClient(vertx, server.port(), BenchServer.ADMIN, 1);
      List<QueryMeasure> all =
          QueryCatalog.of(seeded, SeededPages.of(rest)).stream().map(QueryMeasure::new).toList();
      Random random = new Random(SEED);
      for (int i = -warmUp; i < times; i++) {
        // the queries take turns, so that none has the caches for itself
        for (QueryMeasure one : all) {
          one.ask(rest, random, i >= 0);
        }
      }
      return all.stream().map(QueryMeasure::result).toList();
    } finally {
      vertx.close().await();
    }
  }

  private static void print(List<QueryResult> results) {
    System.out.printf(
        "  %-46s %8s %10s %10s %10s%n", "GET /api/v1/", "items", "p50, ms", "p99, ms", "max, ms");
    results.stream()
        .sorted(Comparator.comparingDouble(QueryResult::p99).reversed())
        .forEach(
            r ->
                System.out.printf(
                    "  %-46s %8.1f %10.2f %10.2f %10.2f%n",
                    r.name(), r.items(), r.p50(), r.p99(), r.max()));
  }
}
