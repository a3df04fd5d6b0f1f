package io.cta.server.api.definitions;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.ReservationTaken;
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
 * Serializes changes of definitions, so that each is decided on what is stored when it is written.
 * Changes on this server take turns; changes by other servers on the same store are detected by the
 * revision, and then the decision is repeated. Safe from any event loop; futures complete on the
 * caller's context.
 */
public final class DefinitionChanges {
  private static final String SCOPE = ScopeRevisions.DEFINITIONS;
  private static final int MAX_WAITING = 1_000;
  private static final int MAX_TRIES = 50;
  private static final long TURN_MILLIS = 30_000;
  private static final long MAX_PAUSE_MILLIS = 100;

  private final Vertx vertx;
  private final DocumentStore store;
  private final int tries;
  private final long turnMillis;
  private final AtomicReference<Future<Void>> last =
      new AtomicReference<>(Future.succeededFuture());
  private final AtomicInteger waiting = new AtomicInteger();

  public DefinitionChanges(Vertx vertx, DocumentStore store) {
    this(vertx, store, MAX_TRIES, TURN_MILLIS);
  }

  /**
   * @param tries how often a decision is tried before it fails with CONFLICT
   * @param turnMillis how long a change waits for earlier ones on this server
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

  /**
   * The revision at which a decision began. If it has changed by the time of writing, the decision
   * is repeated.
   */
  final class Revision {
    private final long number;

    private Revision(long number) {
      this.number = number;
    }

    /** Returns DONE or DUPLICATE. */
    Future<DocumentWrite.Outcome> write(DocumentWrite write) {
      return together(List.of(write)).map(outcomes -> outcomes.get(0));
    }

    /**
     * As {@link #write(DocumentWrite)}, together with a reservation, and fails with {@link
     * ReservationTaken} when somebody else has it.
     *
     * @param reservation null when none is needed
     */
    Future<DocumentWrite.Outcome> write(DocumentWrite reservation, DocumentWrite write) {
      return reservation == null
          ? write(write)
          : together(List.of(reservation, write))
              .map(
                  outcomes -> {
                    if (outcomes.get(0) == DocumentWrite.Outcome.DUPLICATE) {
                      throw new ReservationTaken();
                    }
                    return outcomes.get(1);
                  });
    }

    /** Writes all; without writes, only checks that the revision is unchanged. */
    Future<Void> write(List<DocumentWrite> writes) {
      if (writes.isEmpty()) {
        return store.revision(SCOPE).compose(now -> now == number ? done() : conflict());
      }
      return together(writes)
          .compose(outcomes -> ScopeRevisions.allDone(outcomes) ? done() : conflict());
    }

    private Future<List<DocumentWrite.Outcome>> together(List<DocumentWrite> writes) {
      return store
          .together(SCOPE, number, writes)
          .compose(
              outcomes ->
                  outcomes.contains(DocumentWrite.Outcome.STALE)
                      ? conflict()
                      : Future.succeededFuture(outcomes));
    }
  }

  /**
   * Reads, decides and writes, and repeats that while somebody else changes definitions in between.
   * Fails with CONFLICT after too many tries, and with UNAVAILABLE if its turn does not come in
   * time.
   *
   * @param decision reads anew each time that it is called
   */
  <T> Future<T> decide(Function<Revision, Future<T>> decision) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      return Future.failedFuture(busy());
    }
    Promise<Void> over = Promise.promise();
    return turn(over)
        .compose(mine -> attempt(decision, tries).onComplete(done -> over.complete()))
        .onComplete(done -> waiting.decrementAndGet());
  }

  /** Waits for the turn, on the caller's context; a change that waits too long loses it. */
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

  private <T> Future<T> attempt(Function<Revision, Future<T>> decision, int left) {
    // a decision that throws must not keep the turn
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
              long pause = 1 + ThreadLocalRandom.current().nextLong(MAX_PAUSE_MILLIS);
              return vertx
                  .timer(pause, TimeUnit.MILLISECONDS)
                  .compose(rested -> attempt(decision, left - 1));
            });
  }

  private static Future<Void> done() {
    return Future.succeededFuture();
  }

  private static <T> Future<T> conflict() {
    return Future.failedFuture(new RevisionConflict());
  }

  /** The revision has changed since the decision began. */
  private static final class RevisionConflict extends RuntimeException {
    RevisionConflict() {
      super("the definitions have changed", null, false, false);
    }
  }
}
