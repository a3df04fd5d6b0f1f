package io.cta.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code log}: what a task wrote. */
@Command(name = "log", mixinStandardHelpOptions = true, description = "Print a task's output.")
final class LogCommand implements Callable<Integer> {
  @Mixin private ServerOptions server;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "TASK", description = "the task's id: the execution's, a dash, a number")
  private String task;

  @Option(names = "--attempt", paramLabel = "N", defaultValue = "0", description = "default: last")
  private int attempt;

  @Option(
      names = {"-f", "--follow"},
      description = "go on until the attempt ends")
  private boolean follow;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    LogTail tail = new LogTail(server.api(), task, attempt);
    tail.print(out);
    while (follow && !tail.complete()) {
      Thread.sleep(Watch.EVERY.toMillis());
      tail.print(out);
    }
    return ExitCode.OK;
  }
}
