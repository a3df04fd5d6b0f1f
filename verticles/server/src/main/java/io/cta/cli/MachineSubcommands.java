package io.cta.cli;

import io.cta.cli.client.ApiClient;
import io.cta.cli.client.CliFailure;
import io.cta.cli.client.ExitCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code machine}: takes machines out of work and back, and changes what they match. */
@Command(
    name = "machine",
    mixinStandardHelpOptions = true,
    description = "Take machines out of work and back, and change what they match.",
    subcommands = {
      MachineSubcommands.Drain.class,
      MachineSubcommands.Activate.class,
      MachineSubcommands.Edit.class,
      MachineSubcommands.Show.class
    })
final class MachineSubcommands extends CommandGroup {
  /** A command that changes machines. */
  private abstract static class Change extends ServerCommand {
    /** Changes them one after the other. */
    final int change(List<String> names, Consumer<JsonObject> edit) {
      ApiClient api = server.api();
      for (String name : names) {
        String path = "/api/v1/machines/" + ApiClient.encode(name);
        JsonObject machine = api.get(path);
        edit.accept(machine);
        JsonObject changed = api.put(path, machine, Map.of("If-Match", "*"));
        print(changed.getString("name") + " is " + changed.getString("health"));
      }
      return ExitCode.OK;
    }
  }

  /** {@code machine drain}: what runs goes on, nothing new begins. */
  @Command(
      name = "drain",
      mixinStandardHelpOptions = true,
      description = "What runs on them goes on, nothing new begins.")
  static final class Drain extends Change {
    @Parameters(paramLabel = "NAME", arity = "1..*")
    private List<String> names;

    @Option(names = "--note", paramLabel = "TEXT", description = "why, for people")
    private String note;

    @Option(names = "--maintenance", description = "say that somebody works on them")
    private boolean maintenance;

    @Override
    public Integer call() {
      return change(
          names,
          machine -> {
            machine.put("health", maintenance ? "maintenance" : "draining");
            if (note != null) {
              machine.put("healthNote", note);
            }
          });
    }
  }

  /** {@code machine activate}: they take work again. */
  @Command(
      name = "activate",
      mixinStandardHelpOptions = true,
      description = "They take work again; ends a quarantine, too.")
  static final class Activate extends Change {
    @Parameters(paramLabel = "NAME", arity = "1..*")
    private List<String> names;

    @Override
    public Integer call() {
      return change(
          names,
          machine -> {
            machine.put("health", "active");
            machine.remove("healthNote");
          });
    }
  }

  /** {@code machine set}: changes labels, properties and slots. */
  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description = "Change properties, labels and slots.")
  static final class Edit extends Change {
    @Parameters(index = "0", paramLabel = "NAME")
    private String name;

    @Parameters(
        index = "1..*",
        arity = "0..*",
        paramLabel = "KEY=VALUE[,VALUE]",
        description = "properties; KEY= removes one")
    private Map<String, String> properties = new LinkedHashMap<>();

    @Option(names = "--label", paramLabel = "LABEL", description = "add one; may be repeated")
    private List<String> added = List.of();

    @Option(names = "--remove-label", paramLabel = "LABEL", description = "may be repeated")
    private List<String> removed = List.of();

    @Option(names = "--slots", paramLabel = "N", description = "tasks at once")
    private Integer slots;

    @Override
    public Integer call() {
      if (properties.isEmpty() && added.isEmpty() && removed.isEmpty() && slots == null) {
        throw new CliFailure(ExitCode.USAGE, "nothing to set");
      }
      return change(List.of(name), this::edit);
    }

    private void edit(JsonObject machine) {
      JsonObject known = machine.getJsonObject("properties", new JsonObject());
      properties.forEach(
          (key, value) -> {
            if (value.isEmpty()) {
              known.remove(key);
            } else {
              known.put(key, new JsonArray(List.of((Object[]) value.split(","))));
            }
          });
      machine.put("properties", known);
      JsonArray labels = machine.getJsonArray("labels", new JsonArray());
      added.stream().filter(label -> !labels.contains(label)).forEach(labels::add);
      removed.forEach(labels::remove);
      machine.put("labels", labels);
      if (slots != null) {
        machine.put("slots", slots);
      }
    }
  }

  /** {@code machine show}: prints a machine as the API has it. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Print a machine as the API has it.")
  static final class Show extends ServerCommand {
    @Parameters(paramLabel = "NAME")
    private String name;

    @Override
    public Integer call() {
      JsonObject machine = server.api().get("/api/v1/machines/" + ApiClient.encode(name));
      print(machine.encodePrettily());
      return ExitCode.OK;
    }
  }
}
