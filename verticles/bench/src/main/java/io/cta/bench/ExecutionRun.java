package io.cta.bench;

import io.cta.bench.process.Figures;
import io.cta.bench.process.UsageMeter;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Executions on one server, which has done nothing before: warm-up, one at a time, many at once.
 */
final class ExecutionRun {
  private static final int WINDOW = 2_000;

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

  /** Measures; fails when an execution was not ok. */
  static Figures measure(BenchServer server, ExecutionLoad settings) {
    Vertx vertx = Vertx.vertx();
    try {
      return new ExecutionRun(vertx, server, settings).run();
    } finally {
      vertx.close().await();
    }
  }

  private Figures run() {
    NoopScenario.define(pump.rest(), settings.tests(), settings.labelled());
    SimulatedFleet fleet = new SimulatedFleet(vertx, server.port(), pump.load());
    fleet.start(agents("bench-", settings.agents(), NoopScenario.LABEL));
    fleet.start(agents("idle-", settings.idle(), "bench-idle"));
    Figures figures = new Figures();
    WarmUpPhase warmUp = new WarmUpPhase(WINDOW, n -> pump.run(n, settings.atOnce()));
    figures.put("warm-up, executions", warmUp.run(settings.warmUp()));
    single(figures);
    many(figures);
    pump.check();
    return figures;
  }

  private List<AgentSettings> agents(String name, int count, String label) {
    return IntStream.range(0, count)
        .mapToObj(i -> AgentSettings.of(name + i, settings.slots()))
        .map(agent -> settings.labelled() ? agent.labelled(label) : agent)
        .toList();
  }

  private void single(Figures figures) {
    if (settings.single() > 0) {
      pump.load().reset();
      pump.run(settings.single(), 1);
      latencies(figures, "one at a time: ");
    }
  }

  private void many(Figures figures) {
    pump.load().reset();
    UsageMeter meter = new UsageMeter(server.reader()).begin();
    long begin = System.nanoTime();
    pump.run(settings.executions(), settings.atOnce());
    double seconds = (System.nanoTime() - begin) / 1e9;
    String many = settings.atOnce() + " at once: ";
    figures.put(many + "executions/s", settings.executions() / seconds);
    latencies(figures, many);
    meter.end(figures, settings.executions());
  }

  private void latencies(Figures figures, String round) {
    LatencyFigures.into(figures, round + "request to start", pump.load().startLatency());
    LatencyFigures.into(figures, round + "request to confirmed end", pump.load().endLatency());
  }
}
