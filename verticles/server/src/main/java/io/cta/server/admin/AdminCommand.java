package io.cta.server.admin;

import io.cta.cli.CommandGroup;
import picocli.CommandLine.Command;

/** {@code cta admin}: groups the commands for stores on which no server runs. */
@Command(
    name = "admin",
    description = "Look after stores while no server runs on them.",
    mixinStandardHelpOptions = true,
    subcommands = {ShardCommand.class, MigrateCommand.class, RekeyCommand.class})
public final class AdminCommand extends CommandGroup {}
