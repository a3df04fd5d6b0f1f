package io.cta.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that asks a server and prints what it answers. */
abstract class ServerCommand implements Callable<Integer> {
  @Mixin ServerOptions server;
  @Spec private CommandSpec spec;

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  final void print(String line) {
    out().println(line);
  }

  final void print(TextTable table) {
    table.lines().forEach(this::print);
  }
}
