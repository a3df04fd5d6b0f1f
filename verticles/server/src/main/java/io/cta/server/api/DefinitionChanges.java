package io.cta.server.api;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.Revisions;
import io.cta.server.store.Write;
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
final class DefinitionChanges {
  private static final String SCOPE = "definitions";
  private static final int WAITING = 1_000;
  private static final int TRIES = 50;
  private static final long PAUSE_MILLIS = 100;

  private final Vertx vertx;
  private final DocumentStore store;
  private final AtomicReference<Future<Void>> last =
      new AtomicReference<>(Future.succeededFuture());
  private final AtomicInteger waiting = new AtomicInteger();

  DefinitionChanges(Vertx vertx, DocumentStore store) {
    this.vertx = vertx;
    this.store = store;
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
    Future<Write.Outcome> write(Write write) {
      return together(List.of(write)).map(outcomes -> outcomes.get(0));
    }

    /** All of them; without any, only what was read is confirmed. */
    Future<Void> write(List<Write> writes) {
      if (writes.isEmpty()) {
        return store.revision(SCOPE).compose(now -> now == number ? done() : moved());
      }
      return together(writes).compose(outcomes -> Revisions.allDone(outcomes) ? done() : moved());
    }

    private Future<List<Write.Outcome>> together(List<Write> writes) {
      return store
          .together(SCOPE, number, writes)
          .compose(
              outcomes ->
                  outcomes.contains(Write.Outcome.STALE)
                      ? moved()
                      : Future.succeededFuture(outcomes));
    }
  }

  /**
   * Reads, decides and writes, again and again while somebody else comes between; fails with
   * CONFLICT when that does not end, and with UNAVAILABLE when too many wait for their turn.
   *
   * @param decision begins with its reading each time that it is called
   */
  <T> Future<T> decide(Function<Revision, Future<T>> decision) {
    if (waiting.incrementAndGet() > WAITING) {
      waiting.decrementAndGet();
      return Future.failedFuture(
          new ServiceFailure(ErrorCode.UNAVAILABLE, "too many definitions are being changed"));
    }
    Promise<Void> turn = Promise.promise();
    Promise<Void> over = Promise.promise();
    var context = vertx.getOrCreateContext();
    last.getAndSet(over.future())
        .onComplete(before -> context.runOnContext(mine -> turn.complete()));
    return turn.future()
        .compose(mine -> tried(decision, TRIES))
        .onComplete(
            done -> {
              waiting.decrementAndGet();
              over.complete();
            });
  }

  private <T> Future<T> tried(Function<Revision, Future<T>> decision, int tries) {
    return store
        .revision(SCOPE)
        .compose(number -> decision.apply(new Revision(number)))
        .recover(
            failure -> {
              if (!(failure instanceof Moved)) {
                return Future.failedFuture(failure);
              }
              if (tries <= 1) {
                return Future.failedFuture(
                    new ServiceFailure(
                        ErrorCode.CONFLICT,
                        "definitions are changed by others all the time, nothing was changed"));
              }
              long pause = 1 + ThreadLocalRandom.current().nextLong(PAUSE_MILLIS);
              return vertx
                  .timer(pause, TimeUnit.MILLISECONDS)
                  .compose(rested -> tried(decision, tries - 1));
            });
  }

  private static Future<Void> done() {
    return Future.succeededFuture();
  }

  private static <T> Future<T> moved() {
    return Future.failedFuture(new Moved());
  }

  /** Somebody else was first. */
  private static final class Moved extends RuntimeException {
    Moved() {
      super("the definitions have changed", null, false, false);
    }
  }
}
