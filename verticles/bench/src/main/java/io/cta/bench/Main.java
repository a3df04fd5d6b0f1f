package io.cta.bench;

import io.cta.bench.chaos.ChaosCommand;
import io.cta.bench.field.FieldCommand;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./cta bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures CTA on this machine.",
    subcommands = {
      ExecutionBenchmark.class,
      StatusesCommand.class,
      QueriesCommand.class,
      AgentsCommand.class,
      DispatchCommand.class,
      StartCommand.class,
      BrokerBenchmark.class,
      ChaosCommand.class,
      FieldCommand.class,
      BareHttpCommand.class
    })
public final class Main implements Callable<Integer> {
  public static void main(String[] args) {
    int code = new CommandLine(new Main()).execute(args);
    System.exit(code);
  }

  /** Runs {@code executions} with its defaults when no subcommand is given. */
  @Override
  public Integer call() {
    return new CommandLine(new ExecutionBenchmark()).execute();
  }
}
