package io.cta.cli;

import io.cta.cli.client.ApiAnswer;
import io.cta.cli.client.ApiClient;
import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code secret}: sets, lists and deletes secrets. A value is never printed. */
@Command(
    name = "secret",
    mixinStandardHelpOptions = true,
    description = "Set, list and delete secrets of tests.",
    subcommands = {
      SecretCommand.Set.class,
      SecretCommand.Listing.class,
      SecretCommand.Delete.class
    })
final class SecretCommand extends CommandGroup {
  private static final String PATH = "/api/v1/secrets";

  /** The server takes half of it at most. */
  private static final int MAX_BYTES = 64 * 1024;

  /** {@code secret set}: makes a secret, or changes its value. */
  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description = {
        "Make a secret, or give it another value, which is read from standard input or a file:",
        "a value among the arguments could be read by everybody on this machine."
      })
  static final class Set extends ServerCommand {
    @Parameters(paramLabel = "NAME", description = "what suites call it")
    private String name;

    @Option(names = "--file", paramLabel = "FILE", description = "read the value from a file")
    private Path file;

    @Option(names = "--group", paramLabel = "GROUP", description = "only for its scenarios")
    private String group;

    @Option(names = "--scenario", paramLabel = "NAME", description = "only for this scenario")
    private String scenario;

    @Option(names = "--description", paramLabel = "TEXT", description = "what it is for")
    private String description;

    @Override
    public Integer call() {
      JsonObject secret = new JsonObject().put("name", name).put("value", value());
      put(secret, "group", group);
      put(secret, "scenario", scenario);
      put(secret, "description", description);
      ApiClient api = server.api();
      ApiAnswer made = api.tryPost(PATH, secret, Map.of());
      if (made.status() == 409) {
        api.put(PATH + "/" + ApiClient.encode(name), secret, Map.of("If-Match", "*"));
      } else {
        ApiClient.orThrow(made);
      }
      String what = made.status() == 409 ? "changed" : "made";
      print("secret " + name + " is " + what);
      return ExitCode.OK;
    }

    private static void put(JsonObject secret, String field, String value) {
      if (value != null) {
        secret.put(field, value);
      }
    }

    /** A line break at the very end is not part of a value of one line. */
    private String value() {
      try (InputStream in = file == null ? System.in : Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
          throw new CliFailure(ExitCode.USAGE, "a secret has 32768 characters at most");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.lines().count() == 1 ? text.stripTrailing() : text;
      } catch (IOException e) {
        throw new CliFailure(ExitCode.USAGE, "cannot read the value: " + e.getMessage());
      }
    }
  }

  /** {@code secret list}: lists secrets without their values. */
  @Command(name = "list", mixinStandardHelpOptions = true, description = "List secrets.")
  static final class Listing extends ServerCommand {
    @Override
    public Integer call() {
      TextTable table = new TextTable("NAME", "FOR", "UPDATED", "DESCRIPTION");
      for (JsonObject secret : server.api().list(PATH)) {
        table.row(
            secret.getString("name"),
            users(secret),
            secret.getString("updatedAt"),
            secret.getString("description"));
      }
      print(table);
      return ExitCode.OK;
    }

    private static String users(JsonObject secret) {
      if (secret.getString("scenario") != null) {
        return "scenario " + secret.getString("scenario");
      }
      return secret.getString("group") == null ? "all" : "group " + secret.getString("group");
    }
  }

  /** {@code secret delete}: deletes a secret that no suite names. */
  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      description = "Delete a secret that no suite names.")
  static final class Delete extends ServerCommand {
    @Parameters(paramLabel = "NAME")
    private String name;

    @Override
    public Integer call() {
      server.api().delete(PATH + "/" + ApiClient.encode(name));
      print("secret " + name + " is deleted");
      return ExitCode.OK;
    }
  }
}
