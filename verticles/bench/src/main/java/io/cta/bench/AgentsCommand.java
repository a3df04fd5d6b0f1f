package io.cta.bench;

import io.cta.bench.process.FigureSet;
import io.cta.bench.process.FigureTable;
import io.cta.bench.process.FileLimit;
import io.cta.bench.process.UsageMeter;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what connected agents cost a server while they have nothing to do. */
@Command(
    name = "agents",
    mixinStandardHelpOptions = true,
    description =
        "Measures agents that are connected and idle: connect rate, memory and processor time of a"
            + " shipped server. The agents are simulated in the process of the bench.")
final class AgentsCommand implements Callable<Integer> {
  @Option(names = "--agents", description = "default ${DEFAULT-VALUE}")
  private int agents = 10_000;

  @Option(
      names = "--seconds",
      description = "how long they are watched while idle, default ${DEFAULT-VALUE}")
  private int seconds = 30;

  @Mixin private ServerChoice servers = new ServerChoice();

  @Override
  public Integer call() throws IOException {
    Optional<String> hindrance = FileLimit.hindrance(agents);
    if (hindrance.isPresent()) {
      System.err.println(hindrance.get());
      return ExitCode.USAGE;
    }
    System.out.print(SystemInfo.describe());
    System.out.printf(
        "settings  %s; %,d agents in a process of their own, a heartbeat every 5 s%n"
            + "          %s%nserver    %s%n%n",
        servers.describe(), agents, UsageMeter.describe(), servers.jar());
    try {
      FigureSet figureSet;
      try (BenchServer server =
          servers.start(
              servers.jar(), BenchServer.withAgents(new StoreChoice().serverEnv(), agents))) {
        figureSet = new IdleAgentsRun(server, agents, seconds).measure();
      }
      new FigureTable(System.out).print(figureSet);
      return ExitCode.OK;
    } finally {
      servers.cleanUp();
    }
  }
}
