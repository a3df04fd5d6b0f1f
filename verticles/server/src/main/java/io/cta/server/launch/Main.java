package io.cta.server.launch;

import io.cta.cli.ClientCommands;
import io.cta.cli.mcp.StandardOutput;
import io.cta.server.admin.AdminCommand;
import io.cta.server.archive.ArchiveCommand;
import java.util.Set;
import org.slf4j.helpers.NOP_FallbackServiceProvider;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program {@code cta}: the server and the commands for it. */
@Command(
    name = "cta",
    description = "Continuous test automation on a fleet of machines.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    subcommands = {ServeCommand.class, AdminCommand.class, ArchiveCommand.class})
public final class Main {
  private static final int USAGE = 64;

  /** The commands that log; the others talk to a server and print. */
  private static final Set<String> LOGGING = Set.of("serve", "admin");

  private Main() {}

  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("mcp")) {
      StandardOutput.reserve();
    }
    if (args.length == 0 || !LOGGING.contains(args[0])) {
      // to read the configuration of logging takes as long as all else that a command does
      System.setProperty("slf4j.provider", NOP_FallbackServiceProvider.class.getName());
    }
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
