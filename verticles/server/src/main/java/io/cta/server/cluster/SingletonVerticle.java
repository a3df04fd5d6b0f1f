package io.cta.server.cluster;

import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.DocumentWrite.Outcome;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoredDocument;
import io.cta.time.MonotonicClock;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one verticle deployed on a single node, the lease's holder, and a standby verticle on all
 * others. For a moment two nodes may both run the active one: its work must be idempotent.
 */
public final class SingletonVerticle extends VerticleBase {
  private final MonotonicClock ticker;
  private static final Logger log = LoggerFactory.getLogger(SingletonVerticle.class);
  private static final int CHECKS_PER_LEASE = 4;

  private final String name;
  private final DocumentStore store;
  private final ClusterNode node;
  private final Supplier<Deployable> activeVerticle;
  private final Supplier<Deployable> standbyVerticle;
  private final SingletonLease lease;
  private String deployed;
  private boolean active;
  private boolean checking;
  private boolean changing;
  private boolean stopping;

  public SingletonVerticle(
      String name,
      DocumentStore store,
      ClusterNode node,
      Supplier<Deployable> activeVerticle,
      Supplier<Deployable> standbyVerticle,
      MonotonicClock ticker) {
    this.ticker = ticker;
    this.name = name;
    this.store = store;
    this.node = node;
    this.activeVerticle = activeVerticle;
    this.standbyVerticle = standbyVerticle;
    this.lease = new SingletonLease(node.id(), node.deadAfter());
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(node.deadAfter().toMillis() / CHECKS_PER_LEASE, t -> tick());
    return deploy(false).compose(v -> check());
  }

  /** Releases the lease, so that another node takes it at its next check. */
  @Override
  public Future<?> stop() {
    stopping = true;
    return undeploy().compose(v -> releaseLease());
  }

  private void tick() {
    followLease();
    if (!checking && !stopping) {
      check();
    }
  }

  private Future<Void> check() {
    checking = true;
    long readAtNanos = ticker.nanos();
    return store
        .get(StoreCollections.SETTINGS, id())
        .compose(found -> act(found, readAtNanos))
        .timeout(node.deadAfter().toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            e -> {
              log.warn("lease check failed [lease: {}, cause: {}]", name, e.toString());
              return Future.succeededFuture();
            })
        .onComplete(
            done -> {
              checking = false;
              followLease();
            });
  }

  private Future<Void> act(Optional<StoredDocument> found, long readAtNanos) {
    SingletonLease.Step step = lease.look(found.map(SingletonVerticle::leaseDocument), readAtNanos);
    if (step == SingletonLease.Step.WAIT) {
      lease.lost();
      return Future.succeededFuture();
    }
    DocumentWrite write =
        step == SingletonLease.Step.MAKE
            ? new DocumentWrite.Insert(StoreCollections.SETTINGS, id(), body(node.id()))
            : new DocumentWrite.Replace(
                StoreCollections.SETTINGS, id(), found.get().version(), body(node.id()));
    return store
        .apply(List.of(write))
        .map(
            outcomes -> {
              if (outcomes.get(0) == Outcome.DONE) {
                lease.written(readAtNanos);
              } else {
                lease.lost();
              }
              return null;
            });
  }

  /** Deploys the active or the standby verticle, as the lease says. */
  private void followLease() {
    boolean holds = lease.holds(ticker.nanos());
    if (holds != active && !changing && !stopping) {
      log.info("lease {} [lease: {}, node: {}]", holds ? "taken" : "lost", name, node.id());
      deploy(holds);
    }
  }

  private Future<Void> deploy(boolean asActive) {
    changing = true;
    return undeploy()
        .compose(v -> vertx.deployVerticle(asActive ? activeVerticle.get() : standbyVerticle.get()))
        .onSuccess(
            id -> {
              deployed = id;
              active = asActive;
            })
        .onFailure(
            e -> {
              log.warn("deployment failed, it is tried again [lease: {}]", name, e);
              active = !asActive;
            })
        .onComplete(done -> changing = false)
        .<Void>mapEmpty()
        .recover(e -> stopping ? Future.failedFuture(e) : Future.succeededFuture());
  }

  private Future<Void> undeploy() {
    String id = deployed;
    deployed = null;
    return id == null
        ? Future.succeededFuture()
        : vertx.undeploy(id).recover(e -> Future.succeededFuture());
  }

  private Future<Void> releaseLease() {
    return store
        .get(StoreCollections.SETTINGS, id())
        .compose(
            found ->
                found
                        .map(SingletonVerticle::leaseDocument)
                        .filter(s -> s.holder().equals(node.id()))
                        .isPresent()
                    ? store
                        .apply(
                            List.of(
                                new DocumentWrite.Replace(
                                    StoreCollections.SETTINGS,
                                    id(),
                                    found.get().version(),
                                    body(""))))
                        .<Void>mapEmpty()
                    : Future.<Void>succeededFuture())
        .timeout(node.deadAfter().toMillis(), TimeUnit.MILLISECONDS)
        .recover(e -> Future.succeededFuture());
  }

  private String id() {
    return "duty-" + name;
  }

  private JsonObject body(String holder) {
    return new JsonObject().put("id", id()).put("holder", holder);
  }

  private static SingletonLease.LeaseDocument leaseDocument(StoredDocument document) {
    return new SingletonLease.LeaseDocument(
        document.body().getString("holder", ""), document.version());
  }
}
