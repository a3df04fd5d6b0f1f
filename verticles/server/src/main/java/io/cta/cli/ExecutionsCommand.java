package io.cta.cli;

import io.cta.cli.client.AnswerReader;
import io.cta.cli.client.ApiClient;
import io.cta.cli.client.ExitCode;
import io.cta.cli.watch.ProgressFormatter;
import io.cta.domain.Execution;
import io.cta.domain.ExecutionSource;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code executions}: lists the latest executions, the newest first. */
@Command(name = "executions", mixinStandardHelpOptions = true, description = "List executions.")
final class ExecutionsCommand extends ServerCommand {
  private static final int SHORT_COMMIT = 10;

  @Option(names = "--scenario", paramLabel = "NAME", description = "only those of this scenario")
  private String scenario;

  @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "how many (20)")
  private int limit;

  @Option(names = "--branch", paramLabel = "BRANCH", description = "only those of this branch")
  private String branch;

  @Option(names = "--json", description = "print them as the API has them")
  private boolean json;

  @Override
  public Integer call() {
    String only =
        (scenario == null ? "" : "&scenario=" + ApiClient.encode(scenario))
            + (branch == null ? "" : "&branch=" + ApiClient.encode(branch));
    JsonObject page = server.api().get("/api/v1/executions?limit=" + limit + only);
    if (json) {
      print(page.getJsonArray("items").encodePrettily());
      return ExitCode.OK;
    }
    TextTable table =
        new TextTable(
            "ID",
            "SCENARIO",
            "STATE",
            "RESULT",
            "TASKS",
            "RESULTS",
            "BRANCH",
            "COMMIT",
            "REQUESTED");
    for (Object item : page.getJsonArray("items")) {
      Execution e = AnswerReader.execution((JsonObject) item);
      table.row(
          e.id(),
          e.scenarioName(),
          e.state().wire(),
          e.result() == null ? null : e.result().wire(),
          e.tasksDone() + "/" + e.taskCount(),
          ProgressFormatter.counts(e.counts()),
          e.source() == null ? null : e.source().branch(),
          commit(e.source()),
          e.requestedAt());
    }
    print(table);
    return ExitCode.OK;
  }

  private static String commit(ExecutionSource source) {
    return source == null || source.commit() == null
        ? null
        : source.commit().substring(0, Math.min(SHORT_COMMIT, source.commit().length()));
  }
}
