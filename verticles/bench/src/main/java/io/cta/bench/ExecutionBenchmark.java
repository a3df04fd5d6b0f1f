package io.cta.bench;

import io.cta.server.launch.CtaServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** No-op executions per second end to end, and the time from request to start on an agent. */
@Command(
    name = "executions",
    mixinStandardHelpOptions = true,
    description = "Measures no-op executions end to end through a server in this JVM.")
final class ExecutionBenchmark implements Callable<Integer> {
  private static final String SCENARIO = "bench-noop";

  @Option(names = "--agents", description = "default ${DEFAULT-VALUE}")
  private int agents = 10;

  @Option(names = "--slots", description = "of each agent, default ${DEFAULT-VALUE}")
  private int slots = 20;

  @Option(names = "--tests", description = "in the suite, default ${DEFAULT-VALUE}")
  private int tests = 1;

  @Option(names = "--executions", description = "under load, default ${DEFAULT-VALUE}")
  private int executions = 10_000;

  @Option(names = "--at-once", description = "executions in flight, default ${DEFAULT-VALUE}")
  private int atOnce = 100;

  @Option(names = "--single", description = "executions one by one, default ${DEFAULT-VALUE}")
  private int single = 500;

  @Option(names = "--warm-up", description = "executions before, default ${DEFAULT-VALUE}")
  private int warmUp = 3_000;

  @Option(names = "--synchronous", description = "of SQLite: normal or full")
  private String synchronous = "normal";

  @Mixin private BrokerChoice choice = new BrokerChoice();

  @Option(names = "--data", description = "data directory to use and keep; default: a new one")
  private Path data;

  @Override
  public Integer call() throws IOException {
    Path directory = data == null ? Files.createTempDirectory("cta-bench") : data;
    Vertx vertx = Vertx.vertx();
    try {
      return measure(vertx, directory);
    } finally {
      vertx.close().await();
      if (data == null) {
        delete(directory);
      }
    }
  }

  private int measure(Vertx vertx, Path directory) {
    System.out.print(SystemInfo.describe());
    System.out.printf(
        "settings  broker %s, SQLite synchronous=%s, %d agents x %d slots over WebSockets in"
            + " the same JVM, %d test(s) a suite, mode mono%n%n",
        choice.kind(), synchronous, agents, slots, tests);
    Map<String, String> env = new HashMap<>(choice.serverEnv());
    env.put("CTA_STORE_SQLITE_SYNCHRONOUS", synchronous);
    CtaServer server = BenchServer.start(vertx, directory, env);
    RestClient rest = new RestClient(vertx, server.port(), BenchServer.ADMIN, 64);
    ExecutionLoadClient load = new ExecutionLoadClient(vertx, rest);
    define(rest);
    List<SimulatedAgent> fleet = connect(vertx, server.port(), load);
    pump(vertx, load, warmUp, atOnce);
    round(vertx, load, "one at a time", single, 1);
    round(vertx, load, atOnce + " at once", executions, atOnce);
    if (load.notOk() > 0) {
      System.out.printf("%n%d executions were not ok%n", load.notOk());
    }
    Future.join(fleet.stream().map(SimulatedAgent::close).toList()).await();
    server.close().await();
    return load.notOk() == 0 ? 0 : 1;
  }

  private void define(RestClient rest) {
    JsonArray entries = new JsonArray();
    for (int i = 0; i < tests; i++) {
      JsonObject stage = new JsonObject().put("name", "run").put("run", "true");
      entries.add(
          new JsonObject().put("name", "noop-" + i).put("stages", new JsonArray().add(stage)));
    }
    JsonObject suite = new JsonObject().put("name", SCENARIO).put("tests", entries);
    JsonObject configuration = new JsonObject().put("name", SCENARIO).put("mode", "mono");
    JsonObject scenario =
        new JsonObject()
            .put("name", SCENARIO)
            .put("suite", SCENARIO)
            .put("configuration", SCENARIO);
    rest.post("testsuites", suite).await();
    rest.post("configurations", configuration).await();
    rest.post("scenarios", scenario).await();
  }

  private List<SimulatedAgent> connect(Vertx vertx, int port, ExecutionLoadClient load) {
    RestClient registration = new RestClient(vertx, port, BenchServer.REGISTRATION, 4);
    List<SimulatedAgent> fleet = new ArrayList<>();
    for (int i = 0; i < agents; i++) {
      SimulatedAgent agent = new SimulatedAgent(vertx, "bench-" + i, slots, load::started);
      EventLoops.call(EventLoops.next(vertx), () -> agent.start(port, registration));
      fleet.add(agent);
    }
    return fleet;
  }

  private static void pump(Vertx vertx, ExecutionLoadClient load, int total, int atOnce) {
    new BoundedRepeater(() -> load.execute(SCENARIO), total, atOnce)
        .run(EventLoops.next(vertx))
        .await();
  }

  private static void round(
      Vertx vertx, ExecutionLoadClient load, String what, int total, int atOnce) {
    load.reset();
    long begin = System.nanoTime();
    long cpu = SystemInfo.cpuNanos();
    pump(vertx, load, total, atOnce);
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "%,d executions, %s: %,.0f executions/s, %.2f ms of processor each%n",
        total, what, total / seconds, (SystemInfo.cpuNanos() - cpu) / 1e6 / total);
    print("request to start on the agent", load.startLatency());
    print("request to end in the store", load.endLatency());
  }

  private static void print(String what, Histogram h) {
    System.out.printf(
        "  %-32s p50 %8.2f ms   p99 %8.2f ms   max %8.2f ms%n",
        what,
        h.getValueAtPercentile(50) / 1e6,
        h.getValueAtPercentile(99) / 1e6,
        h.getMaxValue() / 1e6);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
