package io.cta.e2e;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import io.cta.bench.fleet.Api;
import io.cta.bench.fleet.Fleet;
import io.cta.bench.fleet.Until;
import io.cta.broker.rabbitmq.RabbitServer;
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
  private RabbitServer rabbit;
  private MongoServer mongo;
  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    rabbit = RabbitServer.started();
    cluster = new Cluster(dir, 3, mongo(), rabbit.uri());
    for (int i = 0; i < cluster.size(); i++) {
      cluster.start(i);
    }
    cluster.startAgent("a");
    cluster.startAgent("b");
    for (int i = 0; i < cluster.size(); i++) {
      cluster.ready(i, cluster.size());
    }
    Until.holds(
        "both machines",
        LIMIT,
        () -> cluster.api(0).all("/api/v1/machines?presence=online").size(),
        n -> n == 2);
    define("shared", "parallel");
    define("whole", "mono");
  }

  @AfterEach
  void stop() throws IOException {
    if (cluster != null) {
      cluster.close();
    }
    if (mongo != null) {
      mongo.shutdownNow();
    }
    if (rabbit != null) {
      rabbit.close();
    }
  }

  @Test
  void whicheverNodeDiesEveryExecutionReachesItsRightEnd() {
    for (int victim = 0; victim < cluster.size(); victim++) {
      int witness = (victim + 1) % cluster.size();
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < EXECUTIONS; i++) {
        Api any = cluster.api(i % cluster.size());
        ids.add(any.start(i % 2 == 0 ? "shared" : "whole"));
      }
      Api api = cluster.api(witness);
      Until.holds(
          "first results",
          LIMIT,
          () -> api.execution(ids.get(0)).getInteger("tasksDone"),
          n -> n > 0);
      cluster.node(victim).kill();
      RightEnd.check(api, ids, TESTS, LIMIT);
      cluster.start(victim);
      cluster.ready(victim, cluster.size());
    }
  }

  /** A MongoDB that was named, or one of its protocol in this process. */
  private String mongo() {
    String named = System.getenv("CTA_TEST_MONGO_URL");
    if (named != null) {
      return named;
    }
    mongo = new MongoServer(new MemoryBackend());
    return "mongodb://127.0.0.1:" + mongo.bind().getPort();
  }

  private void define(String name, String mode) {
    JsonArray tests = new JsonArray();
    for (int i = 0; i < TESTS; i++) {
      tests.add(Fleet.test("t" + i, "sleep 0.2"));
    }
    JsonObject limits = new JsonObject().put("pending", "90s").put("running", "90s");
    Fleet.define(cluster.api(0), name, mode, limits, tests);
  }
}
