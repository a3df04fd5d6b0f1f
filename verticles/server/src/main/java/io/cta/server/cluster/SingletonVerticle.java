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
 * Has a verticle deployed on one node at a time, and another that stands in for it on the others.
 * That two nodes may both be at it for a moment, what they do must bear.
 */
public final class SingletonVerticle extends VerticleBase {
  private final MonotonicClock ticker;
  private static final Logger log = LoggerFactory.getLogger(SingletonVerticle.class);
  private static final int LOOKS = 4;

  private final String name;
  private final DocumentStore store;
  private final ClusterNode node;
  private final Supplier<Deployable> duty;
  private final Supplier<Deployable> standIn;
  private final SingletonLease singletonLease;
  private String deployed;
  private boolean onDuty;
  private boolean looking;
  private boolean changing;
  private boolean leaving;

  public SingletonVerticle(
      String name,
      DocumentStore store,
      ClusterNode node,
      Supplier<Deployable> duty,
      Supplier<Deployable> standIn,
      MonotonicClock ticker) {
    this.ticker = ticker;
    this.name = name;
    this.store = store;
    this.node = node;
    this.duty = duty;
    this.standIn = standIn;
    this.singletonLease = new SingletonLease(node.id(), node.deadAfter());
  }

  @Override
  public Future<?> start() {
    vertx.setPeriodic(node.deadAfter().toMillis() / LOOKS, t -> tick());
    return change(false).compose(v -> look());
  }

  /** Gives the duty back, so that another takes it at its next look. */
  @Override
  public Future<?> stop() {
    leaving = true;
    return retire().compose(v -> giveBack());
  }

  private void tick() {
    settle();
    if (!looking && !leaving) {
      look();
    }
  }

  private Future<Void> look() {
    looking = true;
    long began = ticker.nanos();
    return store
        .get(StoreCollections.SETTINGS, id())
        .compose(found -> act(found, began))
        .timeout(node.deadAfter().toMillis(), TimeUnit.MILLISECONDS)
        .recover(
            e -> {
              log.warn("duty not looked at [duty: {}, cause: {}]", name, e.toString());
              return Future.succeededFuture();
            })
        .onComplete(
            done -> {
              looking = false;
              settle();
            });
  }

  private Future<Void> act(Optional<StoredDocument> found, long began) {
    SingletonLease.Step step = singletonLease.look(found.map(SingletonVerticle::seen), began);
    if (step == SingletonLease.Step.WAIT) {
      singletonLease.lost();
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
                singletonLease.written(began);
              } else {
                singletonLease.lost();
              }
              return null;
            });
  }

  /** Brings what is deployed in line with who holds the duty. */
  private void settle() {
    boolean holds = singletonLease.holds(ticker.nanos());
    if (holds != onDuty && !changing && !leaving) {
      log.info("{} the duty [duty: {}, node: {}]", holds ? "taking" : "leaving", name, node.id());
      change(holds);
    }
  }

  private Future<Void> change(boolean to) {
    changing = true;
    return retire()
        .compose(v -> vertx.deployVerticle(to ? duty.get() : standIn.get()))
        .onSuccess(
            id -> {
              deployed = id;
              onDuty = to;
            })
        .onFailure(
            e -> {
              log.warn("duty not begun, it is tried again [duty: {}]", name, e);
              onDuty = !to;
            })
        .onComplete(done -> changing = false)
        .<Void>mapEmpty()
        .recover(e -> leaving ? Future.failedFuture(e) : Future.succeededFuture());
  }

  private Future<Void> retire() {
    String id = deployed;
    deployed = null;
    return id == null
        ? Future.succeededFuture()
        : vertx.undeploy(id).recover(e -> Future.succeededFuture());
  }

  private Future<Void> giveBack() {
    return store
        .get(StoreCollections.SETTINGS, id())
        .compose(
            found ->
                found
                        .map(SingletonVerticle::seen)
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

  private static SingletonLease.LeaseDocument seen(StoredDocument document) {
    return new SingletonLease.LeaseDocument(
        document.body().getString("holder", ""), document.version());
  }
}
