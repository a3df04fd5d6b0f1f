package io.cta.server.store.mongo;

import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Repeats requests that a failover, a cut connection or a missing majority broke, until they are
 * answered or their time is over. The client's own retries cover one such failure, and only with
 * replica sets.
 */
final class RetryExecutor {
  private final MonotonicClock ticker;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LAST_PAUSE_MILLIS = 1_000;

  private final Vertx vertx;
  private final Duration patience;
  private final BooleanSupplier givenUp;

  /** One request. */
  interface RetriableRequest<T> {
    /**
     * @param again true when an earlier try may have been carried out without an answer
     */
    Future<T> run(boolean again);
  }

  /**
   * @param givenUp true once no request is to be repeated, because the store closes
   */
  RetryExecutor(Vertx vertx, Duration patience, BooleanSupplier givenUp, MonotonicClock ticker) {
    this.ticker = ticker;
    this.vertx = vertx;
    this.patience = patience;
    this.givenUp = givenUp;
  }

  <T> Future<T> of(RetriableRequest<T> attempt) {
    return run(attempt, false, FIRST_PAUSE_MILLIS, ticker.nanos() + patience.toNanos());
  }

  private <T> Future<T> run(RetriableRequest<T> attempt, boolean again, long pause, long end) {
    return attempt
        .run(again)
        .recover(
            e -> {
              if (!MongoFailures.passing(e) || givenUp.getAsBoolean() || ticker.nanos() > end) {
                return Future.failedFuture(e);
              }
              boolean unknown = again || !MongoFailures.unsent(e);
              long jittered = pause / 2 + ThreadLocalRandom.current().nextLong(pause);
              return vertx
                  .timer(jittered, TimeUnit.MILLISECONDS)
                  .compose(v -> run(attempt, unknown, Math.min(2 * pause, LAST_PAUSE_MILLIS), end));
            });
  }
}
