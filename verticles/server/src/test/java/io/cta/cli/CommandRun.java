package io.cta.cli;

import io.cta.cli.client.PassingClock;
import io.cta.cli.client.WaitClock;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * One call of the command line, with a clock that waits no real time: what it printed and how it
 * ended.
 */
record CommandRun(int code, String out, String err, String bytes) {
  @Command(name = "cta")
  private static final class Program {}

  static CommandRun of(String... args) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    return writingTo(bytes, new PassingClock(), args).with(bytes);
  }

  static CommandRun writingTo(OutputStream bytes, WaitClock clock, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine program =
        ClientCommands.addTo(new CommandLine(new Program()), clock, bytes)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    int code = program.execute(args);
    return new CommandRun(code, out.toString(), err.toString(), "");
  }

  private CommandRun with(ByteArrayOutputStream written) {
    return new CommandRun(code, out, err, written.toString(StandardCharsets.UTF_8));
  }
}
