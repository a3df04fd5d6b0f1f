package io.cta.cli;

import io.cta.cli.client.AnswerReader;
import io.cta.cli.client.ExitCode;
import io.cta.cli.explain.TellingLines;
import io.cta.domain.Result;
import io.cta.domain.Status;
import io.cta.json.DurationFormat;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code results}: lists every case of an execution. */
@Command(
    name = "results",
    mixinStandardHelpOptions = true,
    description = "List the results of an execution, case by case.")
final class ResultsCommand extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "the execution")
  private String id;

  @Option(names = "--failed", description = "only what is not ok")
  private boolean failed;

  @Option(names = "--json", description = "print execution, tasks and results as the API has them")
  private boolean json;

  @Override
  public Integer call() {
    byte[] exported = new ExportFile(server.api(), id, "json").bytes();
    String text = new String(exported, StandardCharsets.UTF_8);
    if (json) {
      out().print(text);
      out().flush();
      return ExitCode.OK;
    }
    TextTable table = new TextTable("RESULT", "MACHINE", "TEST", "CASE", "TIME", "SAYS");
    for (Object item : new JsonObject(text).getJsonArray("statuses")) {
      Status status = AnswerReader.status((JsonObject) item);
      boolean ok = status.result() == Result.OK || status.skipped();
      if (!failed || !ok) {
        table.row(
            status.skipped() ? "skipped" : status.result().wire(),
            status.machineName(),
            status.testName(),
            status.name(),
            time(status.durationMs()),
            ok ? flaky(status) : said(status));
      }
    }
    print(table);
    return ExitCode.OK;
  }

  private static String time(Long millis) {
    return millis == null ? null : DurationFormat.format(Duration.ofMillis(millis));
  }

  private static String flaky(Status status) {
    return status.flaky() ? "flaky: failed before" : "";
  }

  private static String said(Status status) {
    List<String> lines = TellingLines.of(status.message(), 1);
    return lines.isEmpty() ? status.reason() : lines.get(0).strip();
  }
}
