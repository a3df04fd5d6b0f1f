package io.cta.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** One call of the command line: what it printed and how it ended. */
record CommandRun(int code, String out, String err) {
  @Command(name = "cta")
  private static final class Program {}

  static CommandRun of(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine program =
        Subcommands.addTo(new CommandLine(new Program()))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    int code = program.execute(args);
    return new CommandRun(code, out.toString(), err.toString());
  }
}
