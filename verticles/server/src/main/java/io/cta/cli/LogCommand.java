package io.cta.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code log}: what a task wrote. */
@Command(name = "log", mixinStandardHelpOptions = true, description = "Print a task's output.")
final class LogCommand implements Callable<Integer> {
  @Mixin private ServerOptions server;

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
    LogTail tail = new LogTail(server.api(), task, attempt);
    tail.read(LogCommand::print);
    while (follow && !tail.complete()) {
      Thread.sleep(Watch.EVERY.toMillis());
      tail.read(LogCommand::print);
    }
    return ExitCode.OK;
  }

  /** The very bytes of the test: whoever reads them knows best what they are. */
  private static void print(byte[] output) {
    System.out.write(output, 0, output.length);
    System.out.flush();
  }
}
