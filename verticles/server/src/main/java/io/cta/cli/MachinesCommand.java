package io.cta.cli;

import io.cta.cli.client.ExitCode;
import io.cta.domain.Machine;
import io.cta.json.JsonMapping;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code machines}: lists the machines. */
@Command(name = "machines", mixinStandardHelpOptions = true, description = "List machines.")
final class MachinesCommand implements Callable<Integer> {
  @Mixin private ServerOptions server;
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "print them as the API has them")
  private boolean json;

  @Override
  public Integer call() {
    if (json) {
      JsonArray all = new JsonArray(server.api().list("/api/v1/machines"));
      spec.commandLine().getOut().println(all.encodePrettily());
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
    table.lines().forEach(spec.commandLine().getOut()::println);
    return ExitCode.OK;
  }
}
