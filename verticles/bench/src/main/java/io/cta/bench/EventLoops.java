package io.cta.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Spreads the load's clients over the event loops of this process. */
final class EventLoops {
  private EventLoops() {}

  /** Returns a context on the next event loop, in turn. */
  static Context next(Vertx vertx) {
    Promise<Context> own = Promise.promise();
    vertx
        .deployVerticle(
            context -> {
              own.complete(context);
              return Future.succeededFuture();
            })
        .await();
    return own.future().await();
  }

  /** Starts work on a context and blocks the calling thread until it has completed. */
  static <T> T call(Context context, Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(v -> work.get().onComplete(done));
    return done.future().await();
  }
}
