package io.cta.cli;

import picocli.CommandLine;

/**
 * Hangs the commands of this package below a program's own, with the exit codes of their failures.
 */
public final class Subcommands {
  private Subcommands() {}

  /**
   * Adds them to {@code program} and answers for their failures; wrong usage is left to the
   * program.
   */
  public static CommandLine addTo(CommandLine program) {
    program
        .addSubcommand(new ApplyCommand())
        .addSubcommand(new RunCommand())
        .addSubcommand(new CancelCommand())
        .addSubcommand(new ExecutionsCommand())
        .addSubcommand(new MachinesCommand())
        .addSubcommand(new LogCommand())
        .addSubcommand(new DemoCommand());
    return program.setExecutionExceptionHandler(Subcommands::failed);
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof CliFailure failure) {
      command.getErr().println("cta: " + failure.getMessage());
      return failure.exitCode();
    }
    if (e instanceof Unreachable) {
      command.getErr().println("cta: " + e.getMessage());
      return ExitCode.NO_SERVER;
    }
    throw e;
  }
}
