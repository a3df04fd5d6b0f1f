package io.cta.cli;

import io.cta.cli.client.ExitCode;
import io.cta.domain.Machine;
import io.cta.json.JsonMapping;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code machines}: lists the machines. */
@Command(name = "machines", mixinStandardHelpOptions = true, description = "List machines.")
final class MachinesCommand extends ServerCommand {
  @Option(names = "--json", description = "print them as the API has them")
  private boolean json;

  @Override
  public Integer call() {
    if (json) {
      JsonArray all = new JsonArray(server.api().list("/api/v1/machines"));
      print(all.encodePrettily());
      return ExitCode.OK;
    }
    TextTable table =
        new TextTable("NAME", "PRESENCE", "HEALTH", "SLOTS", "PLATFORM", "LABELS", "SEEN");
    for (JsonObject item : server.api().list("/api/v1/machines")) {
      Machine machine = JsonMapping.fromObject(item, Machine.class);
      table.row(
          machine.name(),
          machine.presence().wire(),
          machine.health().wire(),
          machine.slots(),
          String.join(",", machine.matchable().getOrDefault("platform", List.of("-"))),
          machine.labels().isEmpty() ? "-" : String.join(",", machine.labels()),
          machine.lastSeenAt());
    }
    print(table);
    return ExitCode.OK;
  }
}
