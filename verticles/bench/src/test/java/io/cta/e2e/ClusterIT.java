package io.cta.e2e;

import io.cta.bench.fleet.Api;
import io.cta.bench.fleet.Fleet;
import io.cta.bench.fleet.MongoStore;
import io.cta.bench.fleet.RabbitProcess;
import io.cta.bench.fleet.RealBroker;
import io.cta.bench.fleet.ServerNode;
import io.cta.bench.fleet.Until;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of each of three nodes in turn while executions run. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ClusterIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int EXECUTIONS = 6;
  private static final int TESTS = 4;

  @TempDir Path dir;
  private RealBroker broker;
  private MongoStore store;
  private Fleet cluster;

  @BeforeEach
  void start() throws IOException {
    broker = RabbitProcess.started();
    store = new MongoStore();
    cluster =
        Fleet.cluster(dir, 3)
            .serverEnv(broker.serverEnv())
            .serverEnv(store.serverEnv())
            .startServers()
            .startAgent("a", "--slots", "2")
            .startAgent("b", "--slots", "2")
            .online(2);
    define("shared", "parallel");
    define("whole", "mono");
  }

  @AfterEach
  void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
    if (store != null) {
      store.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void whicheverNodeDiesEveryExecutionReachesItsRightEnd() {
    List<ServerNode> nodes = cluster.servers();
    for (int victim = 0; victim < nodes.size(); victim++) {
      Api witness = nodes.get((victim + 1) % nodes.size()).api;
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < EXECUTIONS; i++) {
        ids.add(cluster.api.start(i % 2 == 0 ? "shared" : "whole"));
      }
      Until.holds(
          "first results",
          LIMIT,
          () -> witness.execution(ids.get(0)).getInteger("tasksDone"),
          n -> n > 0);
      nodes.get(victim).process().kill();
      RightEnd.check(witness, ids, TESTS, LIMIT);
      cluster.start(nodes.get(victim));
      nodes.get(victim).sees(nodes.size());
    }
  }

  private void define(String name, String mode) {
    JsonArray tests = new JsonArray();
    for (int i = 0; i < TESTS; i++) {
      tests.add(Fleet.test("t" + i, "sleep 0.2"));
    }
    JsonObject limits = new JsonObject().put("pending", "90s").put("running", "90s");
    cluster.define(name, mode, limits, tests);
  }
}
