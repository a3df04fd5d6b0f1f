package io.cta.broker;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * A promise that a broker completes on its own context and whose future completes on the context of
 * the caller. Safe from any thread.
 */
public final class CallerPromise<T> {
  private final Context caller;
  private final Promise<T> promise = Promise.promise();

  /** Call on the caller's context. */
  public CallerPromise(Vertx vertx) {
    caller = vertx.getOrCreateContext();
  }

  public Context caller() {
    return caller;
  }

  public Future<T> future() {
    return promise.future();
  }

  public void succeed(T value) {
    caller.runOnContext(v -> promise.tryComplete(value));
  }

  public void fail(Throwable why) {
    caller.runOnContext(v -> promise.tryFail(why));
  }
}
