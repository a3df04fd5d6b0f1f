package io.cta.bench;

import io.cta.bench.process.FigureSet;
import io.cta.bench.process.FigureTable;
import io.cta.bench.process.UsageMeter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures statuses per second until they are confirmed, and the bytes that each takes in the
 * store.
 */
@Command(
    name = "statuses",
    mixinStandardHelpOptions = true,
    description =
        "Measures statuses that simulated agents report to a shipped server, beside rows in bare"
            + " SQLite.")
final class StatusesCommand implements Callable<Integer> {
  @Option(names = "--statuses", description = "how many, default ${DEFAULT-VALUE}")
  private int statuses = 200_000;

  @Option(names = "--cases", description = "statuses of a task, default ${DEFAULT-VALUE}")
  private int cases = 1_000;

  @Option(names = "--agents", description = "default ${DEFAULT-VALUE}")
  private int agents = 10;

  @Option(names = "--at-once", description = "executions in flight, default ${DEFAULT-VALUE}")
  private int atOnce = 10;

  @Option(
      names = "--warm-up",
      description =
          "statuses before; default: until the rate of windows of 20 tasks stands still, 5 to 30"
              + " windows")
  private Integer warmUp;

  @Option(names = "--alone", description = "leave bare SQLite out")
  private boolean alone;

  @Mixin private ServerChoice servers = new ServerChoice();
  @Mixin private StoreChoice store = new StoreChoice();

  @Override
  public Integer call() throws IOException {
    boolean sqlite = store.kind() == StoreChoice.Kind.sqlite;
    StatusLoad load =
        new StatusLoad(
            agents,
            atOnce,
            cases,
            statuses,
            atOnce,
            warmUp == null ? OptionalInt.empty() : OptionalInt.of(warmUp));
    System.out.print(SystemInfo.describe());
    System.out.printf(
        "settings  %s, %s; %,d statuses, %,d a task, %d executions at once on %d agents%n"
            + "          %s%nserver    %s%n%n",
        store.describe(),
        servers.describe(),
        load.counted(),
        cases,
        atOnce,
        agents,
        UsageMeter.describe(),
        servers.jar());
    try {
      Path data = servers.newDirectory("server");
      Optional<StoreFile> file =
          sqlite ? Optional.of(new StoreFile(data, store.synchronous())) : Optional.empty();
      FigureSet figureSet;
      try (BenchServer server = servers.start(servers.jar(), store.serverEnv(), data)) {
        figureSet = new StatusRun(server, load, file).measure();
      }
      new FigureTable(System.out).print(figureSet);
      if (sqlite && !alone) {
        beside(load.counted(), figureSet.values().get(StatusRun.ROW_BYTES).longValue());
      }
      return ExitCode.OK;
    } finally {
      servers.cleanUp();
    }
  }

  private void beside(int rows, long bytes) throws IOException {
    System.out.printf("beside it, %,d rows, 200 in a transaction%n", rows);
    FigureSet figureSet = new FigureSet();
    Path file = servers.newDirectory("bare-sqlite").resolve("bare.db");
    BareSqliteRows.measure(figureSet, file, store.synchronous(), rows, bytes);
    new FigureTable(System.out).print(figureSet);
  }
}
