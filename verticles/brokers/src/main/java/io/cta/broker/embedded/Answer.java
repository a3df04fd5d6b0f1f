package io.cta.broker.embedded;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** A future that is completed from the broker's context and heard on its caller's. */
final class Answer {
  private final Context caller;
  private final Promise<Void> promise = Promise.promise();

  Answer(Vertx vertx) {
    caller = vertx.getOrCreateContext();
  }

  Context caller() {
    return caller;
  }

  Future<Void> future() {
    return promise.future();
  }

  void succeed() {
    caller.runOnContext(v -> promise.complete());
  }

  void fail(Throwable why) {
    caller.runOnContext(v -> promise.fail(why));
  }
}
