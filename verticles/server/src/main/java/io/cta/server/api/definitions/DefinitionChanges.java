package io.cta.server.api.definitions;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.ScopeRevisions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Changes of definitions, each decided on what is really there when it is written. Those of this
 * server have their turns one after the other; those of other servers on the same store are found
 * by the revision, and then the decision is made anew. From any event loop, answers on the
 * caller's.
 */
public final class DefinitionChanges {
  private static final String SCOPE = ScopeRevisions.DEFINITIONS;
  private static final int WAITING = 1_000;
  private static final int TRIES = 50;
  private static final long TURN_MILLIS = 30_000;
  private static final long PAUSE_MILLIS = 100;

  private final Vertx vertx;
  private final DocumentStore store;
  private final int tries;
  private final long turnMillis;
  private final AtomicReference<Future<Void>> last =
      new AtomicReference<>(Future.succeededFuture());
  private final AtomicInteger waiting = new AtomicInteger();

  public DefinitionChanges(Vertx vertx, DocumentStore store) {
    this(vertx, store, TRIES, TURN_MILLIS);
  }

  /**
   * @param tries of one decision, before its maker is told that others are always first
   * @param turnMillis how long one waits for those of this server that came before
   */
  DefinitionChanges(Vertx vertx, DocumentStore store, int tries, long turnMillis) {
    this.vertx = vertx;
    this.store = store;
    this.tries = tries;
    this.turnMillis = turnMillis;
  }

  DocumentStore store() {
    return store;
  }

  /** What was there when a decision began: writing fails, and is repeated, when it has moved. */
  final class Revision {
    private final long number;

    private Revision(long number) {
      this.number = number;
    }

    /** DONE or DUPLICATE. */
    Future<DocumentWrite.Outcome> write(DocumentWrite write) {
      return together(List.of(write)).map(outcomes -> outcomes.get(0));
    }

    /** All of them; without any, only what was read is confirmed. */
    Future<Void> write(List<DocumentWrite> writes) {
      if (writes.isEmpty()) {
        return store.revision(SCOPE).compose(now -> now == number ? done() : moved());
      }
      return together(writes)
          .compose(outcomes -> ScopeRevisions.allDone(outcomes) ? done() : moved());
    }

    private Future<List<DocumentWrite.Outcome>> together(List<DocumentWrite> writes) {
      return store
          .together(SCOPE, number, writes)
          .compose(
              outcomes ->
                  outcomes.contains(DocumentWrite.Outcome.STALE)
                      ? moved()
                      : Future.succeededFuture(outcomes));
    }
  }

  /**
   * Reads, decides and writes, again and again while somebody else comes between; fails with
   * CONFLICT when that does not end, and with UNAVAILABLE when its turn does not come in time.
   *
   * @param decision begins with its reading each time that it is called
   */
  <T> Future<T> decide(Function<Revision, Future<T>> decision) {
    if (waiting.incrementAndGet() > WAITING) {
      waiting.decrementAndGet();
      return Future.failedFuture(busy());
    }
    Promise<Void> over = Promise.promise();
    return turn(over)
        .compose(mine -> tried(decision, tries).onComplete(done -> over.complete()))
        .onComplete(done -> waiting.decrementAndGet());
  }

  /** On the caller's context; who does not get it in time is passed over. */
  private Future<Void> turn(Promise<Void> over) {
    Promise<Void> turn = Promise.promise();
    Context context = vertx.getOrCreateContext();
    long timer = vertx.setTimer(turnMillis, late -> turn.tryFail(busy()));
    last.getAndSet(over.future())
        .onComplete(
            before ->
                context.runOnContext(
                    mine -> {
                      vertx.cancelTimer(timer);
                      if (!turn.tryComplete()) {
                        over.complete();
                      }
                    }));
    return turn.future();
  }

  private static ServiceFailure busy() {
    return new ServiceFailure(ErrorCode.UNAVAILABLE, "too many definitions are being changed");
  }

  private <T> Future<T> tried(Function<Revision, Future<T>> decision, int left) {
    // what throws must not keep the turn
    return Future.succeededFuture()
        .compose(begun -> store.revision(SCOPE))
        .compose(number -> decision.apply(new Revision(number)))
        .recover(
            failure -> {
              if (!(failure instanceof RevisionConflict)) {
                return Future.failedFuture(failure);
              }
              if (left <= 1) {
                return Future.failedFuture(
                    new ServiceFailure(
                        ErrorCode.CONFLICT,
                        "definitions are changed by others all the time, nothing was changed"));
              }
              long pause = 1 + ThreadLocalRandom.current().nextLong(PAUSE_MILLIS);
              return vertx
                  .timer(pause, TimeUnit.MILLISECONDS)
                  .compose(rested -> tried(decision, left - 1));
            });
  }

  private static Future<Void> done() {
    return Future.succeededFuture();
  }

  private static <T> Future<T> moved() {
    return Future.failedFuture(new RevisionConflict());
  }

  /** Somebody else was first. */
  private static final class RevisionConflict extends RuntimeException {
    RevisionConflict() {
      super("the definitions have changed", null, false, false);
    }
  }
}
