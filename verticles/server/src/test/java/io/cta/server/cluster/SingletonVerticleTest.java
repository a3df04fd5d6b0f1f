package io.cta.server.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.broker.ConditionPoller;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.MemoryStore;
import io.cta.server.store.StoreCollections;
import io.cta.time.MonotonicClock;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SingletonVerticleTest {
  private static final Duration LEASE = Duration.ofMillis(600);

  private final Vertx vertx = Vertx.vertx();
  private final MemoryStore store = new MemoryStore(vertx);
  private final Set<String> active = ConcurrentHashMap.newKeySet();
  private final Set<String> standby = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failures = new AtomicInteger();

  SingletonVerticleTest() {
    store.prepare(StoreCollections.ALL).await();
  }

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void oneNodeIsActiveTheOthersAreStandbyAndOneOfThemTakesOver() {
    String a = node("a");
    ConditionPoller.holds("the duty is where it should be", () -> active.equals(Set.of("a")));
    node("b");
    node("c");
    ConditionPoller.holds("the duty is where it should be", () -> standby.equals(Set.of("b", "c")));
    vertx.undeploy(a).await();
    ConditionPoller.holds(
        "the duty is where it should be", () -> active.size() == 1 && standby.size() == 1);
    assertTrue(Set.of("b", "c").containsAll(active), active.toString());
  }

  @Test
  void aDeadHolderIsReplacedAfterItsLease() {
    JsonObject body = new JsonObject().put("id", "duty-x").put("holder", "dead");
    store
        .apply(List.of(new DocumentWrite.Insert(StoreCollections.SETTINGS, "duty-x", body)))
        .await();
    long began = System.nanoTime();
    node("a");
    ConditionPoller.holds(
        "the duty is where it should be", () -> standby.contains("a") || active.contains("a"));
    ConditionPoller.holds("the duty is where it should be", () -> active.contains("a"));
    assertTrue(System.nanoTime() - began >= LEASE.toNanos(), "too soon");
  }

  @Test
  void aHolderThatLosesTheLeaseStops() {
    node("a");
    ConditionPoller.holds("the duty is where it should be", () -> active.contains("a"));
    take("thief");
    ConditionPoller.holds(
        "the duty is where it should be", () -> standby.contains("a") && active.isEmpty());
  }

  @Test
  void aDeploymentThatFailsIsTriedAgain() {
    failures.set(2);
    node("a");
    ConditionPoller.holds("the duty is where it should be", () -> active.contains("a"));
    assertEquals(0, failures.get());
  }

  private void take(String holder) {
    DocumentWrite.Outcome outcome;
    do { // repeats because the holder keeps renewing the lease
      long version = store.get(StoreCollections.SETTINGS, "duty-x").await().orElseThrow().version();
      JsonObject body = new JsonObject().put("id", "duty-x").put("holder", holder);
      outcome =
          store
              .apply(
                  List.of(
                      new DocumentWrite.Replace(
                          StoreCollections.SETTINGS, "duty-x", version, body)))
              .await()
              .get(0);
    } while (outcome != DocumentWrite.Outcome.DONE);
  }

  private String node(String id) {
    ClusterNode node = new ClusterNode(id, LEASE);
    return vertx
        .deployVerticle(
            new SingletonVerticle(
                "x",
                store,
                node,
                () -> named(id, active, true),
                () -> named(id, standby, false),
                MonotonicClock.system()))
        .await();
  }

  private Deployable named(String id, Set<String> where, boolean mayFail) {
    return new VerticleBase() {
      @Override
      public Future<?> start() {
        if (mayFail && failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
          return Future.failedFuture("not now");
        }
        where.add(id);
        return Future.succeededFuture();
      }

      @Override
      public Future<?> stop() {
        where.remove(id);
        return Future.succeededFuture();
      }
    };
  }
}
