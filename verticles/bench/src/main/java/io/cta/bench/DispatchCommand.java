package io.cta.bench;

import io.cta.bench.process.FigureSet;
import io.cta.bench.process.FigureTable;
import io.cta.bench.process.FileLimit;
import io.cta.bench.process.UsageMeter;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures what an execution costs when machines are connected that it does not use. */
@Command(
    name = "dispatch",
    mixinStandardHelpOptions = true,
    description =
        "Measures the same load on the same ten machines, with ever more machines connected that"
            + " may not take it.")
final class DispatchCommand implements Callable<Integer> {
  private static final int BUSY_AGENTS = 10;
  private static final int SLOTS = 20;

  @Option(
      names = "--machines",
      split = ",",
      description = "connected in each turn, ten or more, default 10,1000,10000")
  private List<Integer> machines = List.of(BUSY_AGENTS, 1_000, 10_000);

  @Option(names = "--executions", description = "under load, default ${DEFAULT-VALUE}")
  private int executions = 10_000;

  @Option(names = "--at-once", description = "executions in flight, default ${DEFAULT-VALUE}")
  private int atOnce = 100;

  @Option(names = "--single", description = "executions one by one, default ${DEFAULT-VALUE}")
  private int single = 500;

  @Option(
      names = "--warm-up",
      description = "executions before; default: until their rate stands still")
  private Integer warmUp;

  @Spec private CommandSpec spec;

  @Mixin private ServerChoice servers = new ServerChoice();
  @Mixin private StoreChoice store = new StoreChoice();

  @Override
  public Integer call() throws IOException {
    if (machines.stream().anyMatch(count -> count < BUSY_AGENTS)) {
      throw new ParameterException(spec.commandLine(), "--machines needs at least " + BUSY_AGENTS);
    }
    Optional<String> hindrance = FileLimit.hindrance(Collections.max(machines));
    if (hindrance.isPresent()) {
      System.err.println(hindrance.get());
      return ExitCode.USAGE;
    }
    System.out.print(SystemInfo.describe());
    System.out.printf(
        "settings  %s, %s; %,d executions on the %d machines with a label, %d slots each; the"
            + " others send heartbeats%n          %s%nserver    %s%n%n",
        store.describe(),
        servers.describe(),
        executions,
        BUSY_AGENTS,
        SLOTS,
        UsageMeter.describe(),
        servers.jar());
    try {
      measure();
      return ExitCode.OK;
    } finally {
      servers.cleanUp();
    }
  }

  private void measure() throws IOException {
    FigureSet first = null;
    for (int count : machines) {
      FigureSet figureSet;
      try (BenchServer server =
          servers.start(servers.jar(), BenchServer.withAgents(store.serverEnv(), count))) {
        figureSet = ExecutionRun.measure(server, load(count));
      }
      if (first == null) {
        System.out.printf("%,d machines%n", count);
        new FigureTable(System.out).print(figureSet);
        first = figureSet;
      } else {
        List<String> names = List.of(String.valueOf(machines.get(0)), String.valueOf(count));
        System.out.printf("%,d machines beside %,d%n", count, machines.get(0));
        new FigureTable(System.out).compare(names, first, figureSet);
      }
    }
  }

  private ExecutionLoad load(int count) {
    return new ExecutionLoad(
        BUSY_AGENTS,
        SLOTS,
        1,
        executions,
        atOnce,
        single,
        warmUp == null ? OptionalInt.empty() : OptionalInt.of(warmUp),
        true,
        count - BUSY_AGENTS);
  }
}
