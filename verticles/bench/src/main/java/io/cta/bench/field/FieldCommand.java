package io.cta.bench.field;

import io.cta.bench.fleet.DirectoryTrees;
import io.cta.bench.fleet.ProcessFleet;
import io.cta.bench.fleet.ShippedJars;
import io.cta.disk.HomeDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./cta bench field}. */
@Command(
    name = "field",
    mixinStandardHelpOptions = true,
    description =
        "Runs real test tools, as far as the machine has or can install them, on suites with every"
            + " outcome, and compares CTA's totals with what each tool printed. Exit code 1 when"
            + " any differ.")
public final class FieldCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--tools",
      description = "directory that tools are installed into and kept in; default ${DEFAULT-VALUE}")
  private Path tools =
      HomeDirectory.of(System.getenv())
          .writable(".cache")
          .map(cache -> cache.resolve("cta-field"))
          .orElse(null);

  @Option(names = "--suites", description = "directory of the tools' suites; default: the source's")
  private Path suites = ShippedJars.source("verticles/bench/src/field");

  @Parameters(paramLabel = "TOOL", description = "only these; default: all")
  private List<String> only = List.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (tools == null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--tools is required: this user has no home that can be written");
    }
    Path home = Files.createDirectories(tools).toAbsolutePath();
    Path work = Files.createTempDirectory("cta-field");
    List<FieldRow> rows = new ArrayList<>();
    List<String> absent = new ArrayList<>();
    try (ProcessFleet fleet = new ProcessFleet(Files.createDirectories(work.resolve("fleet")))) {
      fleet.startServers().startAgent("field", "--slots", "2").online(1);
      FieldRun run = new FieldRun(fleet.api, home);
      for (FieldTool tool : tools()) {
        FieldTool own = ToolPreparation.copied(tool, work);
        String why = ToolPreparation.prepare(own, home);
        if (why == null) {
          List<FieldRow> found = run.of(own);
          found.forEach(System.out::println);
          rows.addAll(found);
        } else {
          absent.add(tool.name() + ": " + why);
        }
      }
    } finally {
      DirectoryTrees.delete(work);
    }
    absent.forEach(line -> System.out.println("not here: " + line));
    long wrong = rows.stream().filter(row -> !row.holds()).count();
    System.out.printf("%d suites of real tools, %d wrong%n", rows.size(), wrong);
    return wrong == 0 && !rows.isEmpty() ? 0 : 1;
  }

  private List<FieldTool> tools() throws IOException {
    try (Stream<Path> dirs = Files.list(suites)) {
      return dirs.filter(Files::isDirectory)
          .filter(dir -> only.isEmpty() || only.contains(dir.getFileName().toString()))
          .sorted()
          .map(FieldTool::read)
          .toList();
    }
  }
}
