package io.cta.bench;

import io.cta.bench.process.FigureSet;
import io.cta.bench.process.UsageMeter;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Measures statuses of executions with many cases, on one new server. */
final class StatusRun {
  static final String ROW_BYTES = "store: bytes of id and body each";

  private static final int WARM_UP_WINDOW = 20;

  private final BenchServer server;
  private final StatusLoad settings;
  private final Optional<StoreFile> file;

  /**
   * @param file file of the server's store; empty if the store is no file
   */
  StatusRun(BenchServer server, StatusLoad settings, Optional<StoreFile> file) {
    this.server = server;
    this.settings = settings;
    this.file = file;
  }

  FigureSet measure() throws IOException {
    Vertx vertx = Vertx.vertx();
    try {
      return run(vertx);
    } finally {
      vertx.close().await();
    }
  }

  private FigureSet run(Vertx vertx) throws IOException {
    ExecutionPump pump = new ExecutionPump(vertx, server);
    NoopScenario.define(pump.rest(), 1, false);
    new SimulatedFleet(vertx, server.port(), pump.load())
        .start(
            IntStream.range(0, settings.agents())
                .mapToObj(i -> SimulatedAgentSettings.of("bench-" + i, settings.slots()))
                .map(agent -> agent.reporting(settings.cases()))
                .toList());
    OptionalInt warmUp =
        settings.warmUp().isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(settings.executions(settings.warmUp().getAsInt()));
    int warm = new WarmUpPhase(WARM_UP_WINDOW, n -> pump.run(n, settings.atOnce())).run(warmUp);
    FigureSet figureSet = new FigureSet();
    figureSet.put("warm-up, statuses", (double) warm * settings.cases());
    long before = file.isPresent() ? file.get().bytes() : 0;
    count(pump, figureSet);
    if (file.isPresent()) {
      long grown = file.get().bytes() - before;
      figureSet.put("store: bytes each, indexes included", (double) grown / settings.counted());
      figureSet.put(ROW_BYTES, file.get().rowBytes("statuses"));
    }
    pump.check();
    return figureSet;
  }

  private void count(ExecutionPump pump, FigureSet figureSet) {
    UsageMeter meter = new UsageMeter(server.reader()).begin();
    long begin = System.nanoTime();
    pump.run(settings.executions(settings.statuses()), settings.atOnce());
    double seconds = (System.nanoTime() - begin) / 1e9;
    figureSet.put("statuses/s until confirmed", settings.counted() / seconds);
    meter.end(figureSet, settings.counted());
  }
}
