package io.cta.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/** Repeats asynchronous work on one event loop, with a bounded number of repetitions in flight. */
final class BoundedRepeater {
  private final Supplier<Future<?>> work;
  private final long total;
  private final int atOnce;
  private final Promise<Void> done = Promise.promise();
  private long begun;
  private long ended;

  BoundedRepeater(Supplier<Future<?>> work, long total, int atOnce) {
    this.work = work;
    this.total = total;
    this.atOnce = atOnce;
  }

  /** Completes when all repetitions have succeeded; fails with the first that fails. */
  Future<Void> run(Context context) {
    context.runOnContext(v -> fill());
    return done.future();
  }

  private void fill() {
    while (begun < total && begun - ended < atOnce) {
      begun++;
      work.get().onSuccess(v -> oneDone()).onFailure(done::tryFail);
    }
  }

  private void oneDone() {
    if (++ended == total) {
      done.complete();
    } else {
      fill();
    }
  }
}
