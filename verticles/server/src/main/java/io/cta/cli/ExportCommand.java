package io.cta.cli;

import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export}: writes an execution in the format of another program. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Write the results of an execution as JUnit XML, CSV, JSON or CTRF.")
final class ExportCommand extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "the execution")
  private String id;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "junit",
      description = "junit, csv, json or ctrf; default junit")
  private String format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "write to a file instead of standard output")
  private Path file;

  private final OutputStream out;

  ExportCommand(OutputStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    ExportFile export = new ExportFile(server.api(), id, format);
    if (file != null) {
      export.write(file);
      return ExitCode.OK;
    }
    try {
      out.write(export.bytes());
      out.flush();
    } catch (IOException e) {
      throw new CliFailure(ExitCode.READER_GONE, "");
    }
    return ExitCode.OK;
  }
}
