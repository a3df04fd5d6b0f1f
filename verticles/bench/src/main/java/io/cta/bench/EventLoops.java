package io.cta.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Event loops for those who load the server, so that they do not all sit on one. */
final class EventLoops {
  private EventLoops() {}

  /** A context on the next event loop. */
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

  /** Starts something on a context and waits, on the calling thread, for what comes of it. */
  static <T> T call(Context context, Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(v -> work.get().onComplete(done));
    return done.future().await();
  }
}
