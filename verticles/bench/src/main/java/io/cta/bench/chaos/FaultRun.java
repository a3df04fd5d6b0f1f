package io.cta.bench.chaos;

import io.cta.bench.history.Breach;
import io.cta.bench.history.History;
import io.cta.bench.history.HistoryChecker;
import io.cta.bench.history.Leftover;
import io.cta.bench.history.Outage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Executions, faults meanwhile, then quiet; then the judgement. Blocks. */
final class FaultRun {
  static final int ENDLESS = 0;

  /** Pending and running time of the scenarios, and the minute that is allowed on top. */
  private static final Duration END = Duration.ofSeconds(90 + 60 + 60);

  /** Stop time, ten seconds, and heartbeats by which stale attempts are found. */
  private static final Duration GONE = Duration.ofSeconds(2 + 10 + 5);

  private static final Duration REPORT = Duration.ofSeconds(5);

  private final Topology topology;
  private final Path dir;
  private final long seed;
  private final PrintStream out;
  private final Path traces;
  private final Operator operator;

  FaultRun(Topology topology, Path dir, long seed, PrintStream out) throws IOException {
    this.topology = topology;
    this.dir = dir;
    this.seed = seed;
    this.out = out;
    operator = new Operator(topology.api());
    traces = Files.createDirectories(dir.toAbsolutePath().resolve("traces"));
  }

  /**
   * @param executions how many to ask for; {@link #ENDLESS} for as many as there is time for
   * @param during how long faults go on
   */
  List<Breach> run(int executions, Duration during) throws IOException, InterruptedException {
    List<Fault> plan = FaultPlan.of(seed, during, topology.parts());
    plan.forEach(fault -> out.println("  plan  " + fault));
    topology.start();
    for (Scenario scenario : Scenario.MIX) {
      topology.api().apply(scenario.documents(traces));
    }
    try (Watch watch = new Watch();
        Stalls stalls = new Stalls();
        Orders orders = new Orders(topology.api(), seed, watch);
        Faults faults = new Faults(topology.parts(), out)) {
      try {
        return run(orders, faults, watch, stalls, plan, executions, during);
      } finally {
        TestProcesses.kill(orders::knows);
      }
    }
  }

  private List<Breach> run(
      Orders orders,
      Faults faults,
      Watch watch,
      Stalls stalls,
      List<Fault> plan,
      int executions,
      Duration during)
      throws IOException, InterruptedException {
    Instant begin = Instant.now();
    faults.carryOut(plan);
    ask(orders, executions, begin.plus(during));
    List<Outage> outages = new ArrayList<>(faults.finished(during));
    quiet(orders, Instant.now().plus(END));
    outages.addAll(stalls.seen());
    History history = read(orders, watch, outages);
    List<Breach> breaches = HistoryChecker.check(history);
    List<Path> logs = new ArrayList<>(topology.serverLogs().values());
    logs.addAll(topology.agentLogs().values());
    new Evidence(dir, logs, out).report(history, breaches, Duration.between(begin, Instant.now()));
    return breaches;
  }

  private void ask(Orders orders, int executions, Instant until) throws InterruptedException {
    Instant next = Instant.now();
    for (int i = 0; executions == ENDLESS ? Instant.now().isBefore(until) : i < executions; i++) {
      int active = orders.settle();
      orders.next();
      if (Instant.now().isAfter(next)) {
        operator.liftQuarantines();
        out.println("  asked " + (i + 1) + " executions, " + active + " under way");
        next = Instant.now().plus(REPORT);
      }
    }
  }

  private void quiet(Orders orders, Instant limit) throws InterruptedException {
    Instant next = Instant.now();
    int active = orders.active();
    while (active > 0 && Instant.now().isBefore(limit)) {
      if (Instant.now().isAfter(next)) {
        operator.liftQuarantines();
        out.println("  no more faults, " + active + " under way");
        next = Instant.now().plus(REPORT);
      }
      Thread.sleep(200);
      active = orders.active();
    }
  }

  private History read(Orders orders, Watch watch, List<Outage> outages)
      throws IOException, InterruptedException {
    Instant limit = Instant.now().plus(GONE);
    List<Leftover> leftovers = new ArrayList<>(watch.seen());
    leftovers.addAll(rest(() -> TestProcesses.of(orders::knows), limit));
    Journals journals = new Journals(topology.agentJournals());
    List<String> untold = rest(journals::untold, limit);
    LogFiles logs = LogFiles.read(topology.serverLogs(), topology.agentLogs());
    Store store = new Store(topology.api());
    return new History(
        orders.asked(),
        store.read(),
        TraceFiles.read(traces),
        logs.confirmed(),
        logs.refused(),
        leftovers,
        logs.givenUp(),
        untold,
        topology.deadLettered(),
        outages,
        Instant.now());
  }

  /** What is there once nothing has a right to be any more; empty as soon as nothing is. */
  private static <T> List<T> rest(Supplier<List<T>> look, Instant limit)
      throws InterruptedException {
    List<T> left = look.get();
    while (!left.isEmpty() && Instant.now().isBefore(limit)) {
      Thread.sleep(200);
      left = look.get();
    }
    return left;
  }
}
