package io.cta.server.launch;

import io.cta.cli.ClientCommands;
import io.cta.server.admin.AdminCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code cta}: the server and the commands for it. */
@Command(
    name = "cta",
    description = "Continuous test automation on a fleet of machines.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    subcommands = {ServeCommand.class, AdminCommand.class})
public final class Main {
  private static final int USAGE = 64;

  private Main() {}

  public static void main(String[] args) {
    int code = commandLine().execute(args);
    if (code != ServeCommand.KEEPS_RUNNING) {
      System.exit(code);
    }
  }

  static CommandLine commandLine() {
    CommandLine line = ClientCommands.addTo(new CommandLine(new Main()));
    line.setParameterExceptionHandler(new UsageErrorHandler(USAGE));
    return line;
  }
}
