package io.cta.bench;

import io.cta.bench.process.FigureSet;
import io.cta.bench.process.FigureTable;
import io.cta.bench.process.FileLimit;
import io.cta.bench.process.UsageMeter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures no-op executions per second end to end, and the time from request to start on an agent.
 */
@Command(
    name = "executions",
    mixinStandardHelpOptions = true,
    description =
        "Measures no-op executions end to end through a shipped server in a process of its own;"
            + " or through two in turn, with the ratio.")
final class ExecutionBenchmark implements Callable<Integer> {
  private static final int COMPARED_ROUNDS = 3;

  @Option(names = "--agents", description = "default ${DEFAULT-VALUE}")
  private int agents = 10;

  @Option(names = "--slots", description = "of each agent, default ${DEFAULT-VALUE}")
  private int slots = 20;

  @Option(names = "--tests", description = "in the suite, default ${DEFAULT-VALUE}")
  private int tests = 1;

  @Option(names = "--executions", description = "under load, default ${DEFAULT-VALUE}")
  private int executions = 10_000;

  @Option(names = "--at-once", description = "executions in flight, default ${DEFAULT-VALUE}")
  private int atOnce = 100;

  @Option(names = "--single", description = "executions one by one, default ${DEFAULT-VALUE}")
  private int single = 500;

  @Option(
      names = "--warm-up",
      description = "executions before; default: until their rate stands still, 10,000 to 60,000")
  private Integer warmUp;

  @Option(
      names = "--against",
      paramLabel = "FILE",
      description = "another cta.jar, measured in turn with the first")
  private Path against;

  @Option(
      names = "--rounds",
      description = "servers started of each jar, the median counts; default 1, --against 3")
  private Integer rounds;

  @Option(
      names = "--alone",
      description = "leave out what bare parts and a peer do on this machine in the same run")
  private boolean alone;

  @Mixin private ServerChoice servers = new ServerChoice();
  @Mixin private StoreChoice store = new StoreChoice();
  @Mixin private BrokerChoice broker = new BrokerChoice();

  @Override
  public Integer call() throws IOException {
    Optional<String> hindrance = FileLimit.hindrance(agents);
    if (hindrance.isPresent()) {
      System.err.println(hindrance.get());
      return ExitCode.USAGE;
    }
    List<Path> jars = new ArrayList<>(List.of(servers.jar()));
    if (against != null) {
      jars.add(servers.existing(against));
    }
    describe(jars);
    try {
      report(jars, measure(jars));
      if (!alone) {
        new ExecutionComparison(executions, atOnce, warmUp()).print(servers, store);
      }
      return ExitCode.OK;
    } finally {
      servers.cleanUp();
    }
  }

  private void describe(List<Path> jars) {
    System.out.print(SystemInfo.describe());
    System.out.printf(
        "settings  broker %s, %s, %s; %d agents x %d slots over WebSockets in the process of the"
            + " load, %d test(s) a suite, mode mono, %,d executions%n          %s%n",
        broker.kind(),
        store.describe(),
        servers.describe(),
        agents,
        slots,
        tests,
        executions,
        UsageMeter.describe());
    for (int i = 0; i < jars.size(); i++) {
      System.out.printf("server %s  %s%n", name(i), jars.get(i));
    }
    System.out.println();
  }

  private List<List<FigureSet>> measure(List<Path> jars) throws IOException {
    ExecutionLoad load =
        new ExecutionLoad(agents, slots, tests, executions, atOnce, single, warmUp(), false, 0);
    List<List<FigureSet>> all = new ArrayList<>();
    jars.forEach(jar -> all.add(new ArrayList<>()));
    for (int round = 1; round <= rounds(); round++) {
      for (int i = 0; i < jars.size(); i++) {
        FigureSet figureSet;
        try (BenchServer server =
            servers.start(jars.get(i), BenchServer.withAgents(serverEnv(), agents))) {
          figureSet = ExecutionRun.measure(server, load);
        }
        all.get(i).add(figureSet);
        System.out.printf("round %d of %d, server %s%n", round, rounds(), name(i));
        new FigureTable(System.out).print(figureSet);
      }
    }
    return all;
  }

  private void report(List<Path> jars, List<List<FigureSet>> all) {
    FigureTable table = new FigureTable(System.out);
    if (jars.size() > 1) {
      System.out.printf("medians of %d rounds, and B by A%n", rounds());
      table.compare(
          List.of(name(0), name(1)), FigureSet.medians(all.get(0)), FigureSet.medians(all.get(1)));
    } else if (rounds() > 1) {
      System.out.printf("medians of %d rounds%n", rounds());
      table.print(FigureSet.medians(all.get(0)));
    }
  }

  private Map<String, String> serverEnv() {
    Map<String, String> env = new HashMap<>(broker.serverEnv());
    env.putAll(store.serverEnv());
    return env;
  }

  private OptionalInt warmUp() {
    return warmUp == null ? OptionalInt.empty() : OptionalInt.of(warmUp);
  }

  private int rounds() {
    return rounds != null ? rounds : against == null ? 1 : COMPARED_ROUNDS;
  }

  private static String name(int jar) {
    return jar == 0 ? "A" : "B";
  }
}
