package io.cta.bench;

import io.cta.bench.process.FigureSet;
import io.cta.bench.process.UsageMeter;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures executions on one new server: first a warm-up, then one at a time, then many at once.
 */
final class ExecutionRun {
  private static final int WARM_UP_WINDOW = 2_000;

  private final Vertx vertx;
  private final BenchServer server;
  private final ExecutionLoad settings;
  private final ExecutionPump pump;

  private ExecutionRun(Vertx vertx, BenchServer server, ExecutionLoad settings) {
    this.vertx = vertx;
    this.server = server;
    this.settings = settings;
    pump = new ExecutionPump(vertx, server);
  }

  /** Fails when an execution was not ok. */
  static FigureSet measure(BenchServer server, ExecutionLoad settings) {
    Vertx vertx = Vertx.vertx();
    try {
      return new ExecutionRun(vertx, server, settings).run();
    } finally {
      vertx.close().await();
    }
  }

  private FigureSet run() {
    NoopScenario.define(pump.rest(), settings.tests(), settings.labelled());
    SimulatedFleet fleet = new SimulatedFleet(vertx, server.port(), pump.load());
    fleet.start(agents("bench-", settings.agents(), NoopScenario.LABEL));
    fleet.start(agents("idle-", settings.idle(), "bench-idle"));
    FigureSet figureSet = new FigureSet();
    WarmUpPhase warmUp = new WarmUpPhase(WARM_UP_WINDOW, n -> pump.run(n, settings.atOnce()));
    figureSet.put("warm-up, executions", warmUp.run(settings.warmUp()));
    single(figureSet);
    many(figureSet);
    pump.check();
    return figureSet;
  }

  private List<SimulatedAgentSettings> agents(String name, int count, String label) {
    return IntStream.range(0, count)
        .mapToObj(i -> SimulatedAgentSettings.of(name + i, settings.slots()))
        .map(agent -> settings.labelled() ? agent.labelled(label) : agent)
        .toList();
  }

  private void single(FigureSet figureSet) {
    if (settings.single() > 0) {
      pump.load().reset();
      pump.run(settings.single(), 1);
      latencies(figureSet, "one at a time: ");
    }
  }

  private void many(FigureSet figureSet) {
    pump.load().reset();
    UsageMeter meter = new UsageMeter(server.reader()).begin();
    long begin = System.nanoTime();
    pump.run(settings.executions(), settings.atOnce());
    double seconds = (System.nanoTime() - begin) / 1e9;
    String many = settings.atOnce() + " at once: ";
    figureSet.put(many + "executions/s", settings.executions() / seconds);
    latencies(figureSet, many);
    meter.end(figureSet, settings.executions());
  }

  private void latencies(FigureSet figureSet, String round) {
    LatencyFigures.into(figureSet, round + "request to start", pump.load().startLatency());
    LatencyFigures.into(figureSet, round + "request to confirmed end", pump.load().endLatency());
  }
}
