package io.cta.bench;

import io.cta.bench.process.FigureSet;
import io.cta.bench.process.FigureTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Measures bare parts and another product with the same number of executions, right after the
 * server.
 */
final class ExecutionComparison {
  private final int executions;
  private final int atOnce;
  private final OptionalInt warmUp;

  ExecutionComparison(int executions, int atOnce, OptionalInt warmUp) {
    this.executions = executions;
    this.atOnce = atOnce;
    this.warmUp = warmUp;
  }

  void print(ServerChoice servers, StoreChoice store) throws IOException {
    System.out.printf("beside it, %,d of each%n", executions);
    FigureSet figureSet = new FigureSet();
    BareParts bare = new BareParts(executions, atOnce, warmUp);
    if (store.kind() == StoreChoice.Kind.sqlite) {
      bare.sqlite(figureSet, servers.newDirectory("bare-sqlite"), store.synchronous());
    }
    bare.http(figureSet, servers.newDirectory("bare-http"));
    Optional<String> hindrance = BullMqRun.hindrance();
    if (hindrance.isEmpty()) {
      hindrance = bullMq(figureSet, servers.newDirectory("redis"));
    }
    new FigureTable(System.out).print(figureSet);
    hindrance.ifPresent(why -> System.out.printf("  BullMQ not measured: %s%n", why));
  }

  /** Measures BullMQ. If that fails, the report says why and keeps the other figures. */
  private Optional<String> bullMq(FigureSet figureSet, Path directory) {
    try {
      BullMqRun.measure(figureSet, directory, executions, atOnce);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }
}
