package io.cta.cli.log;

import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;

/**
 * Where a log goes: the very bytes of the test, for whoever reads them knows best what they are. A
 * reader that has gone, or a disk that is full, ends the command.
 */
public final class LogOutput implements AttemptLogReader.Sink {
  private final OutputStream out;
  private final PrintWriter told;
  private int begun;
  private int shown;

  /**
   * @param told hears, before its first byte, of each attempt after the first that is shown
   */
  public LogOutput(OutputStream out, PrintWriter told) {
    this.out = out;
    this.told = told;
  }

  @Override
  public void begins(int attempt) {
    begun = attempt;
  }

  @Override
  public void piece(byte[] output) {
    if (output.length == 0) {
      return;
    }
    if (shown != 0 && shown != begun) {
      told.println("cta: attempt " + begun + " begins");
      told.flush();
    }
    shown = begun;
    try {
      out.write(output);
      out.flush();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Systems say it in different words, all of which name the pipe. */
  private static CliFailure failure(IOException e) {
    String why = String.valueOf(e.getMessage());
    return why.toLowerCase(java.util.Locale.ROOT).contains("pipe")
        ? new CliFailure(ExitCode.READER_GONE, "")
        : new CliFailure(ExitCode.NOT_WRITTEN, "the output cannot be written: " + why);
  }
}
