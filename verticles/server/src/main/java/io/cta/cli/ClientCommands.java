package io.cta.cli;

import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import io.cta.cli.client.ServerUnreachable;
import io.cta.cli.client.WaitClock;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.List;
import picocli.CommandLine;

/** Adds the commands of this package to a program, with the exit codes of their failures. */
public final class ClientCommands {
  private ClientCommands() {}

  /**
   * Adds them to {@code program} and handles their failures; wrong usage is left to the program.
   */
  public static CommandLine addTo(CommandLine program) {
    // not System.out, which hides that its reader has gone
    return addTo(program, WaitClock.REAL, new FileOutputStream(FileDescriptor.out));
  }

  /**
   * @param bytes takes output that is not text
   */
  static CommandLine addTo(CommandLine program, WaitClock clock, OutputStream bytes) {
    for (Object command : commands(clock, bytes)) {
      CommandLine line = new CommandLine(command);
      // 1 is taken: it means that tests failed
      line.getCommandSpec().exitCodeOnExecutionException(ExitCode.FAULT);
      program.addSubcommand(line);
    }
    return program.setExecutionExceptionHandler(ClientCommands::failed);
  }

  private static List<Object> commands(WaitClock clock, OutputStream bytes) {
    return List.of(
        new ApplyCommand(),
        new RunCommand(clock),
        new RerunCommand(clock),
        new WatchCommand(clock),
        new ResultsCommand(),
        new ValidateCommand(),
        new DeleteCommand(),
        new MachineSubcommands(),
        new TokenCommand(),
        new LoginCommand(),
        new CompletionCommand(),
        new CancelCommand(),
        new ExecutionsCommand(),
        new MachinesCommand(),
        new DeliveriesCommand(),
        new ShowCommand(),
        new McpCommand(clock),
        new ExportCommand(bytes),
        new ArtifactsCommand(),
        new SecretCommand(),
        new LogCommand(clock, bytes),
        new DemoCommand());
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof CliFailure failure) {
      if (!failure.getMessage().isEmpty()) {
        command.getErr().println("cta: " + failure.getMessage());
      }
      return failure.exitCode();
    }
    if (e instanceof ServerUnreachable) {
      command.getErr().println("cta: " + e.getMessage());
      return ExitCode.NO_SERVER;
    }
    throw e;
  }
}
