package io.cta.cli;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.ExitCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code artifacts}: lists the files that tests left behind, or fetches them. */
@Command(
    name = "artifacts",
    mixinStandardHelpOptions = true,
    description = "List the files that the tests of an execution left behind, or fetch them.")
final class ArtifactsCommand extends ServerCommand {
  @Parameters(paramLabel = "ID", description = "the execution")
  private String id;

  @Option(
      names = "--download",
      paramLabel = "DIR",
      description = "fetch them into this directory, below task, attempt and test")
  private Path directory;

  @Option(names = "--test", paramLabel = "ID", description = "only those of this test")
  private String test;

  @Option(names = "--json", description = "print them as the API has them")
  private boolean json;

  @Override
  public Integer call() {
    ApiClient api = server.api();
    String filter = test == null ? "" : "?testId=" + ApiClient.encode(test);
    List<JsonObject> found =
        api.list("/api/v1/executions/" + ApiClient.encode(id) + "/artifacts" + filter);
    PrintWriter out = out();
    if (directory != null) {
      ArtifactDownload download = new ArtifactDownload(api, directory);
      found.forEach(artifact -> out.println(download.fetch(artifact)));
    } else if (json) {
      out.println(new JsonArray(found).encodePrettily());
    } else {
      TextTable table = new TextTable("TASK", "ATTEMPT", "TEST", "BYTES", "PATH");
      for (JsonObject artifact : found) {
        table.row(
            artifact.getString("taskId"),
            artifact.getInteger("attempt"),
            artifact.getString("testId"),
            artifact.getLong("size"),
            artifact.getString("path"));
      }
      table.lines().forEach(out::println);
    }
    return ExitCode.OK;
  }
}
