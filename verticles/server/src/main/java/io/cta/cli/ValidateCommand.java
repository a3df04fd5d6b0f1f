package io.cta.cli;

import io.cta.cli.client.ExitCode;
import io.cta.cli.yaml.SourceDocument;
import io.cta.cli.yaml.YamlDocumentReader;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code validate}: has the server check definitions, and changes nothing. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = "Have the server check definitions in YAML files; nothing is changed.",
    footer = {"", "Exit code 0: all could be applied; 1: not, with file, line and field."})
final class ValidateCommand extends ServerCommand {
  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "a YAML file, a directory of them, or - for standard input")
  private List<String> files;

  @Override
  public Integer call() {
    List<SourceDocument> documents = YamlDocumentReader.read(files, System.in);
    ApplyCommand.apply(server.api(), documents, true);
    int count = documents.size();
    print(count + (count == 1 ? " definition is" : " definitions are") + " valid");
    return ExitCode.OK;
  }
}
