package io.cta.cli;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.ExitCode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code delete}: deletes a definition that nothing uses. */
@Command(
    name = "delete",
    mixinStandardHelpOptions = true,
    description = "Delete a definition, or a machine. What is in use stays, and says by what.")
final class DeleteCommand implements Callable<Integer> {
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

  @Mixin private ServerOptions server;
  @Spec private CommandSpec spec;

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
    spec.commandLine().getOut().println(word + " " + name + " is deleted");
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
