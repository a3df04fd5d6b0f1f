package io.cta.bench;

import io.cta.bench.fleet.DirectoryTrees;
import io.cta.bench.fleet.ShippedJars;
import io.cta.bench.process.MedianCalculator;
import io.cta.bench.start.PageCacheEviction;
import io.cta.bench.start.ScriptTimer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Measures how long people wait for {@code ./cta}. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description =
        "Measures ./cta serve until it is ready, warm, cold and with a full store, and the commands"
            + " that talk to a server until they have ended.")
final class StartCommand implements Callable<Integer> {
  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("machines"),
          List.of("executions"),
          List.of("apply", "-f", ShippedJars.source("conf/examples/hello.yaml").toString()),
          List.of("run", "hello"),
          List.of("admin", "--help"));

  @Option(names = "--times", description = "each, default ${DEFAULT-VALUE}")
  private int times = 20;

  @Option(names = "--statuses", description = "in the full store, default ${DEFAULT-VALUE}")
  private int statuses = 1_000_000;

  @Option(names = "--executions", description = "that have them, default ${DEFAULT-VALUE}")
  private int executions = 2_000;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "./cta of another source tree, which is built; default: this one's")
  private Path script = ShippedJars.source("cta");

  private interface Start {
    double millis() throws IOException;
  }

  @Override
  public Integer call() throws IOException {
    System.out.print(SystemInfo.describe());
    Path work = Files.createTempDirectory("cta-bench");
    try {
      measure(work);
      return ExitCode.OK;
    } finally {
      DirectoryTrees.delete(work);
    }
  }

  private void measure(Path work) throws IOException {
    StoreSeed seed = new StoreSeed(executions, statuses);
    System.out.printf(
        "settings  each %d times; the full store has %,d statuses%nscript    %s%n%n  %-40s %8s %8s%n",
        times, seed.statuses(), script, "ms until ready or ended", "median", "max");
    ScriptTimer timer =
        new ScriptTimer(
            script,
            Map.of("CTA_SECURITY_ADMIN_TOKEN", BenchServer.ADMIN, "CTA_TOKEN", BenchServer.ADMIN));
    Path small = Files.createDirectories(work.resolve("small"));
    // the first start builds what is out of date, and makes the store
    timer.serve(small);
    print("serve, new store", () -> timer.serve(Files.createTempDirectory(work, "new")));
    serve(timer, "small store", small);
    commands(timer, small);
    Path full = Files.createDirectories(work.resolve("full"));
    seed.fill(full);
    serve(timer, "full store", full);
  }

  private void serve(ScriptTimer timer, String name, Path data) throws IOException {
    print("serve, " + name + ", warm", () -> timer.serve(data));
    PageCacheEviction cold =
        new PageCacheEviction(
            List.of(
                data,
                script.resolveSibling("verticles/server/target"),
                Path.of(System.getProperty("java.home"))));
    print(
        "serve, " + name + ", cold",
        () -> {
          cold.evict();
          return timer.serve(data);
        });
  }

  private void commands(ScriptTimer timer, Path data) throws IOException {
    try (ScriptTimer.MeasuredServer server = timer.server(data)) {
      String url = server.url();
      for (List<String> command : COMMANDS) {
        String name = String.join(" ", command.subList(0, Math.min(2, command.size())));
        print(name, () -> timer.command(url, command));
      }
    }
  }

  private void print(String name, Start start) throws IOException {
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.add(start.millis());
    }
    System.out.printf(
        "  %-40s %8.0f %8.0f%n", name, MedianCalculator.of(all), Collections.max(all));
  }
}
