package io.cta.cli;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.ExitCode;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code token}: makes, lists and deletes tokens for programs and agents. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Make, list and delete tokens for programs and for agents.",
    subcommands = {
      TokenCommand.Create.class,
      TokenCommand.Listing.class,
      TokenCommand.Delete.class
    })
final class TokenCommand extends CommandGroup {
  private static final String PATH = "/api/v1/tokens";

  /** {@code token create}: makes a token and prints it, this once. */
  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = {
        "Make a token and print it, this once: for a program, or with --agents for enrolling",
        "machines, to be given to cta agent."
      })
  static final class Create extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "what it is for")
    private String name;

    @Option(
        names = "--role",
        paramLabel = "ROLE",
        description = "viewer, runner, maintainer or admin; default: yours")
    private String role;

    @Option(names = "--expires-in", paramLabel = "TIME", description = "such as 90d; default never")
    private String expiresIn;

    @Option(names = "--agents", description = "a token with which machines enrol")
    private boolean agents;

    @Option(names = "--json", description = "print the token as the API has it")
    private boolean json;

    @Override
    public Integer call() {
      JsonObject order = new JsonObject().put("name", name);
      order.put("kind", agents ? "registration" : "api");
      if (role != null) {
        order.put("role", role);
      }
      if (expiresIn != null) {
        order.put("expiresIn", expiresIn);
      }
      JsonObject made = server.api().post(PATH, order, Map.of());
      print(json ? made.encodePrettily() : made.getString("raw"));
      return ExitCode.OK;
    }
  }

  /** {@code token list}: lists tokens without their secrets. */
  @Command(name = "list", mixinStandardHelpOptions = true, description = "List tokens.")
  static final class Listing extends ServerCommand {
    @Override
    public Integer call() {
      TextTable table = new TextTable("ID", "NAME", "KIND", "ROLE", "EXPIRES", "CREATED");
      for (JsonObject token : server.api().list(PATH)) {
        table.row(
            token.getString("id"),
            token.getString("name"),
            token.getString("kind"),
            token.getString("role"),
            token.getString("expiresAt"),
            token.getString("createdAt"));
      }
      print(table);
      return ExitCode.OK;
    }
  }

  /** {@code token delete}: whoever bears it is refused from now on. */
  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = "Delete a token: whoever bears it is refused from now on.")
  static final class Delete extends ServerCommand {
    @Parameters(paramLabel = "ID")
    private String id;

    @Override
    public Integer call() {
      server.api().delete(PATH + "/" + ApiClient.encode(id));
      print("token " + id + " is deleted");
      return ExitCode.OK;
    }
  }
}
