package io.cta.bench;

import io.cta.bench.process.FigureSet;
import io.cta.bench.process.HeapReader;
import io.cta.bench.process.ProcessReader;
import io.cta.bench.process.ProcessUsage;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Connects agents to a server and watches it while they do nothing. */
final class IdleAgentsRun {
  private static final double MEGABYTE = 1 << 20;
  private static final double KILOBYTE = 1 << 10;
  private static final long SETTLE_SECONDS = 10;

  private final BenchServer server;
  private final int agents;
  private final int seconds;
  private final ProcessReader reader;
  private final HeapReader heap;

  IdleAgentsRun(BenchServer server, int agents, int seconds) {
    this.server = server;
    this.agents = agents;
    this.seconds = seconds;
    reader = server.reader();
    heap = new HeapReader(server.pid());
  }

  FigureSet measure() {
    Vertx vertx = Vertx.vertx();
    try {
      return run(vertx);
    } finally {
      vertx.close().await();
    }
  }

  private FigureSet run(Vertx vertx) {
    FigureSet figureSet = new FigureSet();
    Optional<Long> heapBefore = heap.usedAfterCollection();
    memory(figureSet, "without agents", heapBefore);
    SimulatedFleet fleet = new SimulatedFleet(vertx, server.port(), TaskListener.NONE);
    long begin = System.nanoTime();
    fleet.start(
        IntStream.range(0, agents)
            .mapToObj(i -> SimulatedAgentSettings.of("idle-" + i, 1))
            .toList());
    figureSet.put("agents enrolled, connected, registered/s", perSecond(agents, begin));
    pause(SETTLE_SECONDS);
    idle(figureSet);
    Optional<Long> heapAfter = heap.usedAfterCollection();
    memory(figureSet, "with agents", heapAfter);
    if (heapBefore.isPresent() && heapAfter.isPresent()) {
      double grown = heapAfter.get() - heapBefore.get();
      figureSet.put("server's heap of each agent, KB", grown / KILOBYTE / agents);
    }
    online(vertx);
    return figureSet;
  }

  private void idle(FigureSet figureSet) {
    Optional<ProcessUsage> before = reader.usage();
    long begin = System.nanoTime();
    pause(seconds);
    double millis = (System.nanoTime() - begin) / 1e6;
    Optional<ProcessUsage> after = reader.usage();
    if (before.isPresent() && after.isPresent()) {
      ProcessUsage used = after.get().since(before.get());
      double share = 100 / millis;
      figureSet
          .put(
              "server idle: % of one core, compiler left out",
              used.times().withoutCompiler() * share)
          .put("server idle: % of one core, JIT compiler", used.times().compiler() * share)
          .put("server idle: context switches/s", used.switches() * 1e3 / millis)
          .put("server idle: KB written to disk/s", used.diskBytes() / millis);
    }
  }

  private void memory(FigureSet figureSet, String when, Optional<Long> used) {
    used.ifPresent(n -> figureSet.put("server's heap after GC, MB, " + when, n / MEGABYTE));
    reader
        .residentBytes()
        .ifPresent(n -> figureSet.put("server's resident memory, MB, " + when, n / MEGABYTE));
  }

  /** Fails when a machine is not online. */
  private void online(Vertx vertx) {
    RestClient rest = new RestClient(vertx, server.port(), BenchServer.ADMIN, 1);
    long online = new PageCounter(rest).count("machines?presence=online");
    if (online != agents) {
      throw new IllegalStateException("only " + online + " machines are online");
    }
  }

  private static double perSecond(int count, long begin) {
    return count * 1e9 / (System.nanoTime() - begin);
  }

  private static void pause(long seconds) {
    try {
      TimeUnit.SECONDS.sleep(seconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
