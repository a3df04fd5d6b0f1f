package io.cta.e2e;

import io.cta.bench.fleet.Api;
import io.cta.bench.fleet.Jars;
import io.cta.bench.fleet.JavaProcess;
import io.cta.bench.fleet.Until;
import io.cta.broker.KeptPort;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Several servers on one store and one broker, and agents, each a process of its own. */
final class Cluster implements AutoCloseable {
  private static final String ADMIN = "e2e-admin-token-0123456789abcdef0123456789";
  private static final String REGISTRATION = "e2e-registration-token-0123456789abcdef01";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path dir;
  private final Map<String, String> env = new HashMap<>();
  private final List<Member> members = new ArrayList<>();
  private final List<JavaProcess> agents = new ArrayList<>();

  private static final class Member {
    final int port = KeptPort.next();
    final int clusterPort = KeptPort.next();
    final int busPort = KeptPort.next();
    JavaProcess process;
  }

  Cluster(Path dir, int size, String mongo, String rabbit) {
    this.dir = dir;
    for (int i = 0; i < size; i++) {
      members.add(new Member());
    }
    env.put("CTA_HTTP_HOST", "127.0.0.1");
    env.put("CTA_STORE_TYPE", "mongo");
    env.put("CTA_STORE_MONGO_URL", mongo);
    env.put("CTA_BROKER_TYPE", "rabbitmq");
    env.put("CTA_BROKER_RABBITMQ_URL", rabbit);
    env.put("CTA_CLUSTER_HOST", "127.0.0.1");
    env.put("CTA_CLUSTER_DEAD_AFTER", "4s");
    env.put(
        "CTA_CLUSTER_MEMBERS",
        members.stream().map(m -> "127.0.0.1:" + m.clusterPort).collect(Collectors.joining(",")));
    env.put("CTA_SECURITY_ADMIN_TOKEN", ADMIN);
    env.put("CTA_SECURITY_REGISTRATION_TOKEN", REGISTRATION);
    env.put("CTA_AGENTS_HEARTBEAT", "1s");
    env.put("CTA_AGENTS_LEASE", "8s");
  }

  int size() {
    return members.size();
  }

  Api api(int node) {
    return new Api("http://127.0.0.1:" + members.get(node).port, ADMIN);
  }

  /** Begins to start a node; see {@link #ready}. */
  void start(int node) {
    Member m = members.get(node);
    Map<String, String> own = new HashMap<>(env);
    own.put("CTA_HTTP_PORT", String.valueOf(m.port));
    own.put("CTA_CLUSTER_PORT", String.valueOf(m.clusterPort));
    own.put("CTA_CLUSTER_BUS_PORT", String.valueOf(m.busPort));
    own.put("CTA_DATA", dir.resolve("server-" + node).toString());
    Path log = dir.resolve("server-" + node + ".log");
    m.process = new JavaProcess(Jars.SERVER, log, own, List.of("serve", "--cluster"));
  }

  /** Waits until a node is ready and sees so many. */
  void ready(int node, int nodes) {
    Until.holds("node " + node, PATIENCE, () -> seen(node), n -> n == nodes);
  }

  void startAgent(String name) {
    String servers =
        members.stream().map(m -> "http://127.0.0.1:" + m.port).collect(Collectors.joining(","));
    List<String> args = new ArrayList<>(List.of("--server", servers, "--token", REGISTRATION));
    args.addAll(List.of("--name", name, "--slots", "2", "--data", dir.resolve(name).toString()));
    agents.add(new JavaProcess(Jars.AGENT, dir.resolve(name + ".log"), Map.of(), args));
  }

  JavaProcess node(int node) {
    return members.get(node).process;
  }

  @Override
  public void close() {
    agents.forEach(JavaProcess::close);
    for (Member m : members) {
      if (m.process != null) {
        m.process.close();
      }
    }
  }

  private int seen(int node) {
    JavaProcess process = members.get(node).process;
    if (!process.alive()) {
      throw new AssertionError("the server ended:\n" + process.output());
    }
    try {
      var answer = api(node).send("GET", "/health/ready", null);
      return answer.statusCode() == 200 ? new JsonObject(answer.body()).getInteger("nodes") : -1;
    } catch (UncheckedIOException notYet) {
      return -1;
    }
  }
}
