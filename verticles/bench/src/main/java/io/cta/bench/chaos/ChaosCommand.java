package io.cta.bench.chaos;

import io.cta.bench.fleet.BrokerProcess;
import io.cta.bench.fleet.DirectoryTrees;
import io.cta.bench.fleet.FakeClock;
import io.cta.bench.fleet.ProcessFleet;
import io.cta.bench.history.InvariantViolation;
import io.cta.domain.IdGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./cta bench chaos}. */
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description =
        "Kills, pauses and restarts parts of a fleet while executions run, and checks afterwards"
            + " that nothing was lost, doubled or left behind. Exit code 1 when anything was.")
public final class ChaosCommand implements Callable<Integer> {
  @Option(names = "--minutes", description = "how long faults go on, default ${DEFAULT-VALUE}")
  private double minutes = 2;

  @Option(
      names = "--executions",
      description = "ask for so many, however long it takes; default: while faults go on")
  private int executions = FaultRun.ENDLESS;

  @Option(names = "--broker", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
  private BrokerKind broker = BrokerKind.embedded;

  @Option(
      names = "--servers",
      description = "more than one are a cluster, which needs --broker and --mongo; default 1")
  private int servers = 1;

  @Option(
      names = "--mongo",
      defaultValue = "${env:CTA_MONGO_URL}",
      description =
          "connection string of a MongoDB to keep everything in, in a database of its own;"
              + " default: CTA_MONGO_URL, or else SQLite")
  private String mongo;

  @Spec private CommandSpec spec;

  @Option(names = "--agents", description = "default ${DEFAULT-VALUE}")
  private int agents = 3;

  @Option(
      names = "--clocks",
      description = "also set the wall clocks of servers and agents; needs libfaketime")
  private boolean clocks;

  @Option(
      names = "--disks",
      description =
          "also fill the disks of servers and agents, each one in memory of its own; needs Linux"
              + " and root")
  private boolean disks;

  @Option(
      names = "--proxies",
      description = "also put a proxy before each server, which answers 502 at times")
  private boolean proxies;

  @Option(names = "--seed", description = "of plan and orders; default: a new one")
  private Long seed;

  @Option(names = "--data", description = "directory to use and keep; default: a new one")
  private Path data;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (servers < 1 || servers > 1 && (broker == BrokerKind.embedded || mongo == null)) {
      throw new ParameterException(
          spec.commandLine(),
          "--servers: 1, or more with --broker rabbitmq or kafka and with --mongo");
    }
    if (clocks && FakeClock.library().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--clocks: libfaketime is not installed (apt-get install faketime)");
    }
    long used = seed == null ? SeededRandom.fresh() : seed;
    Path dir =
        data == null ? Files.createTempDirectory("cta-chaos") : Files.createDirectories(data);
    System.out.printf(
        "seed %d, %d servers, broker %s, %d agents, %.1f minutes, in %s%n",
        used, servers, broker, agents, minutes, dir);
    List<InvariantViolation> breaches;
    try (BrokerProcess external = broker.start();
        TargetFleet targetFleet =
            new TargetFleet(fleet(dir), agents, external, clocks ? dir : null)) {
      if (disks) {
        targetFleet.withDisks();
      }
      if (proxies) {
        targetFleet.withProxies();
      }
      breaches =
          new FaultRun(targetFleet, dir, used, System.out)
              .run(executions, Duration.ofMillis((long) (minutes * 60_000)));
    }
    if (breaches.isEmpty()) {
      System.out.println("all invariants hold");
      if (data == null) {
        DirectoryTrees.delete(dir);
      }
      return 0;
    }
    System.out.printf("%d breaches; seed %d; the evidence is in %s%n", breaches.size(), used, dir);
    return 1;
  }

  private ProcessFleet fleet(Path dir) {
    ProcessFleet fleet = servers == 1 ? new ProcessFleet(dir) : ProcessFleet.cluster(dir, servers);
    return mongo == null
        ? fleet
        : fleet.serverEnv(
            Map.of(
                "CTA_STORE_TYPE",
                "mongo",
                "CTA_STORE_MONGO_URL",
                mongo,
                "CTA_STORE_MONGO_DATABASE",
                "cta_chaos_" + IdGenerator.next()));
  }
}
