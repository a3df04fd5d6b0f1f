package io.cta.bench;

import io.cta.bench.chaos.ChaosCommand;
import io.cta.bench.field.FieldCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./cta bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures CTA on this machine.",
    subcommands = {
      ExecutionBenchmark.class,
      BrokerBenchmark.class,
      ChaosCommand.class,
      FieldCommand.class
    })
public final class Main implements Runnable {
  public static void main(String[] args) {
    int code = new CommandLine(new Main()).execute(args);
    System.exit(code);
  }

  /** Without a subcommand: executions, with their defaults. */
  @Override
  public void run() {
    int code = new CommandLine(new ExecutionBenchmark()).execute();
    if (code != 0) {
      throw new IllegalStateException("executions ended with code " + code);
    }
  }
}
