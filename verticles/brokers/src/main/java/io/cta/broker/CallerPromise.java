package io.cta.broker;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/**
 * A future that a broker completes from a context of its own and its caller hears on the one it
 * called from. Safe from any thread.
 */
public final class CallerPromise<T> {
  private final Context caller;
  private final Promise<T> promise = Promise.promise();

  /** To be made where the call comes in. */
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
