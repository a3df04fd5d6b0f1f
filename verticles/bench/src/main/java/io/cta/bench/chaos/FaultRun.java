package io.cta.bench.chaos;

import io.cta.bench.history.HistoryChecker;
import io.cta.bench.history.InvariantViolation;
import io.cta.bench.history.LeftoverProcess;
import io.cta.bench.history.OutagePeriod;
import io.cta.bench.history.RunHistory;
import io.cta.bench.history.RunHistoryBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs executions while faults happen, then waits until everything has ended, then judges the
 * history. Blocks.
 */
final class FaultRun {
  static final int ENDLESS = 0;

  /**
   * An execution must end within this: 90 s pending and 60 s running, as the scenarios say, and a
   * minute more.
   */
  private static final Duration END_LIMIT = Duration.ofSeconds(90 + 60 + 60);

  /**
   * A process must be gone after this: 2 s stop time, ten seconds, and 5 s for the heartbeat that
   * reveals a stale attempt.
   */
  private static final Duration GONE_LIMIT = Duration.ofSeconds(2 + 10 + 5);

  private static final Duration REPORT_EVERY = Duration.ofSeconds(5);

  private static final long PAUSE_MILLIS = 200;

  private final TargetFleet targetFleet;
  private final Path dir;
  private final long seed;
  private final PrintStream out;
  private final Path traces;
  private final QuarantineReset operator;

  FaultRun(TargetFleet targetFleet, Path dir, long seed, PrintStream out) throws IOException {
    this.targetFleet = targetFleet;
    this.dir = dir;
    this.seed = seed;
    this.out = out;
    operator = new QuarantineReset(targetFleet.api());
    traces = Files.createDirectories(dir.toAbsolutePath().resolve("traces"));
  }

  /**
   * @param executions how many to request; {@link #ENDLESS} for as many as the time allows
   * @param during how long faults are injected
   */
  List<InvariantViolation> run(int executions, Duration during)
      throws IOException, InterruptedException {
    List<PlannedFault> plan = FaultPlan.of(seed, during, targetFleet.parts());
    plan.forEach(fault -> out.println("  plan  " + fault));
    targetFleet.start();
    for (LoadScenario scenario : LoadScenario.MIX) {
      targetFleet.api().apply(scenario.documents(traces));
    }
    try (LeftoverWatchdog leftoverWatchdog = new LeftoverWatchdog();
        StallDetector stallDetector = new StallDetector();
        LoadGenerator orders = new LoadGenerator(targetFleet.api(), seed, leftoverWatchdog);
        FaultInjector faultInjector = new FaultInjector(targetFleet.parts(), out)) {
      try {
        return run(
            orders, faultInjector, leftoverWatchdog, stallDetector, plan, executions, during);
      } finally {
        TestProcesses.kill(orders::knows);
      }
    }
  }

  private List<InvariantViolation> run(
      LoadGenerator orders,
      FaultInjector faultInjector,
      LeftoverWatchdog leftoverWatchdog,
      StallDetector stallDetector,
      List<PlannedFault> plan,
      int executions,
      Duration during)
      throws IOException, InterruptedException {
    Instant begin = Instant.now();
    faultInjector.carryOut(plan);
    ask(orders, executions, begin.plus(during));
    List<OutagePeriod> outages = new ArrayList<>(faultInjector.finished(during));
    quiet(orders, Instant.now().plus(END_LIMIT));
    outages.addAll(stallDetector.seen());
    RunHistory history = read(orders, leftoverWatchdog, outages);
    List<InvariantViolation> breaches = HistoryChecker.check(history);
    List<Path> logs = new ArrayList<>(targetFleet.serverLogs().values());
    logs.addAll(targetFleet.agentLogs().values());
    new RunReport(dir, logs, out).report(history, breaches, Duration.between(begin, Instant.now()));
    return breaches;
  }

  private void ask(LoadGenerator orders, int executions, Instant until)
      throws InterruptedException {
    Instant next = Instant.now();
    for (int i = 0; executions == ENDLESS ? Instant.now().isBefore(until) : i < executions; i++) {
      int active = orders.settle();
      orders.next();
      if (Instant.now().isAfter(next)) {
        operator.liftQuarantines();
        out.println("  asked " + (i + 1) + " executions, " + active + " under way");
        next = Instant.now().plus(REPORT_EVERY);
      }
    }
  }

  private void quiet(LoadGenerator orders, Instant limit) throws InterruptedException {
    Instant next = Instant.now();
    int active = orders.active();
    while (active > 0 && Instant.now().isBefore(limit)) {
      if (Instant.now().isAfter(next)) {
        operator.liftQuarantines();
        out.println("  no more faults, " + active + " under way");
        next = Instant.now().plus(REPORT_EVERY);
      }
      Thread.sleep(PAUSE_MILLIS);
      active = orders.active();
    }
  }

  private RunHistory read(
      LoadGenerator orders, LeftoverWatchdog leftoverWatchdog, List<OutagePeriod> outages)
      throws IOException, InterruptedException {
    Instant limit = Instant.now().plus(GONE_LIMIT);
    List<LeftoverProcess> leftovers = new ArrayList<>(leftoverWatchdog.seen());
    leftovers.addAll(rest(() -> TestProcesses.of(orders::knows), limit));
    AgentJournals agentJournals = new AgentJournals(targetFleet.agentJournals());
    List<String> untold = rest(agentJournals::untold, limit);
    LogFiles logs = LogFiles.read(targetFleet.serverLogs(), targetFleet.agentLogs());
    StoreReader store = new StoreReader(targetFleet.api());
    return RunHistoryBuilder.builder()
        .asked(orders.asked())
        .kept(store.read())
        .traces(TraceFiles.read(traces))
        .confirmed(logs.confirmed())
        .refused(logs.refused())
        .leftovers(leftovers)
        .givenUp(logs.givenUp())
        .untold(untold)
        .deadLettered(targetFleet.deadLettered())
        .outages(outages)
        .readAt(Instant.now())
        .build();
  }

  /** Looks until nothing is left, or until the limit; returns what is left then. */
  private static <T> List<T> rest(Supplier<List<T>> look, Instant limit)
      throws InterruptedException {
    List<T> left = look.get();
    while (!left.isEmpty() && Instant.now().isBefore(limit)) {
      Thread.sleep(PAUSE_MILLIS);
      left = look.get();
    }
    return left;
  }
}
