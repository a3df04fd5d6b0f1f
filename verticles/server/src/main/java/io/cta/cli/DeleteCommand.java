package io.cta.cli;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.ExitCode;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code delete}: deletes a definition that nothing uses. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = "Delete a definition, or a machine. What is in use stays, and says by what.")
final class DeleteCommand extends ServerCommand {
  /** What can be deleted; their paths are these words with an s. */
  enum Kind {
    SCENARIO,
    TESTSUITE,
    TEST,
    CONFIGURATION,
    SCHEDULE,
    GROUP,
    USER,
    MACHINE,
    CHANNEL,
    FORGE,
    HOOK
  }

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = "${COMPLETION-CANDIDATES}",
      converter = KindParser.class)
  private Kind kind;

  @Parameters(index = "1", paramLabel = "NAME", description = "name or id")
  private String name;

  @Override
  public Integer call() {
    String word = kind.name().toLowerCase(Locale.ROOT);
    server.api().delete("/api/v1/" + word + "s/" + ApiClient.encode(name));
    print(word + " " + name + " is deleted");
    return ExitCode.OK;
  }

  /** Takes the words in any case. */
  static final class KindParser implements picocli.CommandLine.ITypeConverter<Kind> {
    @Override
    public Kind convert(String word) {
      return Kind.valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}
