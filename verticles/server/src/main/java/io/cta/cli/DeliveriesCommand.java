package io.cta.cli;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.ExitCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deliveries}: lists what was sent after executions, the newest first. */
@Command(
    name = "deliveries",
    mixinStandardHelpOptions = true,
    description = "List what is sent after executions: messages, letters, statuses, builds.",
    subcommands = DeliveriesCommand.Redeliver.class)
final class DeliveriesCommand extends ServerCommand {
  private static final int REPORT = -1;

  @Option(names = "--failed", description = "only those that nobody tries any longer")
  private boolean failed;

  @Option(names = "--execution", paramLabel = "ID", description = "only those of this execution")
  private String execution;

  @Option(names = "--channel", paramLabel = "NAME", description = "only those to this channel")
  private String channel;

  @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "how many (20)")
  private int limit;

  @Option(names = "--json", description = "print them as the API has them")
  private boolean json;

  @Override
  public Integer call() {
    String only =
        (failed ? "&state=failed" : "")
            + (execution == null ? "" : "&execution=" + ApiClient.encode(execution))
            + (channel == null ? "" : "&channel=" + ApiClient.encode(channel));
    JsonObject page = server.api().get("/api/v1/deliveries?limit=" + limit + only);
    JsonArray items = page.getJsonArray("items");
    if (json) {
      print(items.encodePrettily());
      return ExitCode.OK;
    }
    TextTable table =
        new TextTable("ID", "STATE", "HANDLER", "TO", "ATTEMPTS", "CREATED", "NEXT", "SAID");
    for (Object item : items) {
      row(table, (JsonObject) item);
    }
    print(table);
    return ExitCode.OK;
  }

  private static void row(TextTable table, JsonObject delivery) {
    JsonArray attempts = delivery.getJsonArray("attempts", new JsonArray());
    int handler = delivery.getInteger("handler");
    table.row(
        delivery.getString("id"),
        delivery.getString("state"),
        handler == REPORT ? "report" : handler,
        delivery.getString("channelName"),
        attempts.size(),
        delivery.getString("createdAt"),
        delivery.getString("nextAt"),
        attempts.isEmpty() ? null : said(attempts.getJsonObject(attempts.size() - 1)));
  }

  private static String said(JsonObject attempt) {
    Integer status = attempt.getInteger("status");
    String text = attempt.getString("text", "");
    return status == null ? text : (status + " " + text).strip();
  }

  /** {@code deliveries redeliver}: sends a message once more. */
  @Command(
      name = "redeliver",
      mixinStandardHelpOptions = true,
      description = "Send a message or a letter once more, with the same content.")
  static final class Redeliver extends ServerCommand {
    @Parameters(paramLabel = "ID", description = "the delivery")
    private String id;

    @Override
    public Integer call() {
      String path = "/api/v1/deliveries/" + ApiClient.encode(id) + "/redeliver";
      JsonObject repeated = server.api().post(path, new JsonObject(), Map.of());
      print(repeated.getString("id"));
      return ExitCode.OK;
    }
  }
}
