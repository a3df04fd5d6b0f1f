package io.cta.cli.log;

import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;

/**
 * Writes a log as the bytes that the test wrote, because whoever reads them knows best what they
 * are. A reader that has gone, or a full disk, ends the command.
 */
public final class LogOutput implements AttemptLogReader.Sink {
  private final OutputStream out;
  private final PrintWriter err;
  private int current;
  private int shown;

  /**
   * @param err gets a line before the first byte of each attempt after the first
   */
  public LogOutput(OutputStream out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public void begins(int attempt) {
    current = attempt;
  }

  @Override
  public void piece(byte[] output) {
    if (output.length == 0) {
      return;
    }
    if (shown != 0 && shown != current) {
      err.println("cta: attempt " + current + " begins");
      err.flush();
    }
    shown = current;
    try {
      out.write(output);
      out.flush();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Systems word a closed pipe differently, but all of them name the pipe. */
  private static CliFailure failure(IOException e) {
    String why = String.valueOf(e.getMessage());
    return why.toLowerCase(java.util.Locale.ROOT).contains("pipe")
        ? new CliFailure(ExitCode.READER_GONE, "")
        : new CliFailure(ExitCode.NOT_WRITTEN, "the output cannot be written: " + why);
  }
}
