package io.cta.cli;

import io.cta.cli.client.ApiAnswer;
import io.cta.cli.client.ApiClient;
import io.cta.cli.client.ApiProblem;
import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import io.cta.cli.yaml.SourceDocument;
import io.cta.cli.yaml.YamlDocumentReader;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code apply}: sends definitions from YAML files to the server. */
@Command(
    name = "apply",
    mixinStandardHelpOptions = true,
    description = "Bring definitions to the state that YAML files describe.")
final class ApplyCommand extends ServerCommand {
  private static final Pattern PLACE = Pattern.compile("documents\\[(\\d{1,6})]\\.?(.*)");

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      required = true,
      description = "a YAML file, a directory of them, or - for standard input; may be repeated")
  private List<String> files;

  @Option(names = "--dry-run", description = "say what would change, change nothing")
  private boolean dryRun;

  @Option(names = "--json", description = "print what changes as the API has it")
  private boolean json;

  @Override
  public Integer call() {
    List<SourceDocument> documents = YamlDocumentReader.read(files, System.in);
    PrintWriter out = out();
    JsonObject applied = apply(server.api(), documents, dryRun);
    if (json) {
      out.println(applied.encodePrettily());
    } else {
      ApplySummary.lines(applied).forEach(out::println);
    }
    return ExitCode.OK;
  }

  /** Sends all documents in one request; a refusal names file, line, document and field. */
  static JsonObject apply(ApiClient api, List<SourceDocument> documents, boolean dryRun) {
    if (documents.isEmpty()) {
      throw new CliFailure(ExitCode.FAILED, "there are no documents in what was given");
    }
    JsonArray contents = new JsonArray();
    documents.forEach(document -> contents.add(document.content()));
    JsonObject body = new JsonObject().put("dryRun", dryRun).put("documents", contents);
    ApiAnswer answer = api.tryPost("/api/v1/apply", body, Map.of());
    if (answer.status() >= 300) {
      throw refused(ApiProblem.of(answer.status(), answer.text()), documents);
    }
    return new JsonObject(answer.text());
  }

  private static CliFailure refused(ApiProblem problem, List<SourceDocument> documents) {
    if (problem.errors().isEmpty()) {
      CliFailure failure = problem.failure();
      // the server refuses the definitions, not the command line
      return failure.exitCode() == ExitCode.USAGE
          ? new CliFailure(ExitCode.FAILED, failure.getMessage())
          : failure;
    }
    StringBuilder text = new StringBuilder("nothing was applied");
    for (ApiProblem.FieldError error : problem.errors()) {
      text.append('\n').append(line(error, documents));
    }
    return new CliFailure(ExitCode.FAILED, text.toString());
  }

  private static String line(ApiProblem.FieldError error, List<SourceDocument> documents) {
    Matcher place = PLACE.matcher(error.field());
    if (place.matches() && Integer.parseInt(place.group(1)) < documents.size()) {
      SourceDocument document = documents.get(Integer.parseInt(place.group(1)));
      String field = place.group(2);
      return document.place(field) + ": " + (field.isEmpty() ? "" : field + " ") + error.rule();
    }
    return error.field() + " " + error.rule();
  }
}
