package io.cta.server.admin;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cta admin}: groups the commands for stores on which no server runs. */
@Command(
    name = "admin",
    description = "Look after stores while no server runs on them.",
    mixinStandardHelpOptions = true,
    subcommands = {ShardCommand.class, MigrateCommand.class, RekeyCommand.class})
public final class AdminCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Missing required subcommand: shard, migrate or rekey");
  }
}
