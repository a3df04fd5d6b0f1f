package io.cta.bench.fleet;

import io.cta.broker.KeptPort;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server that is started again on the same ports and data. */
public final class ServerNode {
  /**
   * How long a start may take, on a busy machine and while the server waits for its broker and
   * store to start.
   */
  static final Duration START = Duration.ofMinutes(3);

  public final BlockingApiClient api;

  private final Map<String, String> own = new HashMap<>();
  private final String name;
  private final Path log;
  private final String clusterPort = String.valueOf(KeptPort.next());
  private final String busPort = String.valueOf(KeptPort.next());
  private final int port = KeptPort.next();
  private final Path data;
  private JavaProcess process;

  ServerNode(Path dir, String name, String token) {
    this.name = name;
    this.log = dir.resolve(name + ".log");
    this.data = dir.resolve(name);
    this.api = new BlockingApiClient(List.of(url()), token);
  }

  public String name() {
    return name;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public Path data() {
    return data;
  }

  int port() {
    return port;
  }

  /** Returns the file with the output of all processes that ran as this server. */
  public Path log() {
    return log;
  }

  public JavaProcess process() {
    return process;
  }

  String clusterAddress() {
    return "127.0.0.1:" + clusterPort;
  }

  /** Adds variables for this server alone, for every start from now on. */
  public void env(Map<String, String> more) {
    own.putAll(more);
  }

  /** Starts the process without waiting for it; see {@link #ready}. */
  void start(Map<String, String> common, List<String> arguments) {
    Map<String, String> env = new HashMap<>(common);
    env.putAll(own);
    env.put("CTA_HTTP_PORT", String.valueOf(port));
    env.put("CTA_CLUSTER_PORT", clusterPort);
    env.put("CTA_CLUSTER_BUS_PORT", busPort);
    env.put("CTA_DATA", data.toString());
    process = new JavaProcess(ShippedJars.SERVER, log, env, arguments);
  }

  /** Waits until the server works. */
  void ready() {
    ConditionPoller.holds(name, START, this::readiness, answer -> answer != null);
  }

  /**
   * Waits until the server works and sees this many nodes, itself included; 1 without a cluster.
   */
  public void sees(int nodes) {
    ConditionPoller.holds(
        name + " sees " + nodes,
        START,
        this::readiness,
        answer -> answer != null && answer.getInteger("nodes", 1) == nodes);
  }

  void close() {
    if (process != null) {
      process.close();
    }
  }

  /** Returns what the server says of its readiness, or null if it is not ready. */
  private JsonObject readiness() {
    if (!process.alive()) {
      throw new AssertionError("the server ended:\n" + process.output());
    }
    try {
      HttpResponse<String> answer = api.send("GET", "/health/ready", null);
      return answer.statusCode() == 200 ? new JsonObject(answer.body()) : null;
    } catch (UncheckedIOException notYet) {
      return null;
    }
  }
}
