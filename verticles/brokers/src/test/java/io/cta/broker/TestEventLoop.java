package io.cta.broker;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Lets a test's thread run code on one event loop and wait for its result. */
public final class TestEventLoop {
  private static final long TIMEOUT_SECONDS = 45;

  private final Context context;

  /** Uses an event loop of its own, as far as there are several. */
  public TestEventLoop(Vertx vertx) {
    Promise<Context> own = Promise.promise();
    await(
        vertx.deployVerticle(
            c -> {
              own.complete(c);
              return Future.succeededFuture();
            }));
    context = await(own.future());
  }

  /** Starts it and returns at once. */
  public <T> Future<T> start(Supplier<Future<T>> work) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(v -> work.get().onComplete(promise));
    return promise.future();
  }

  /** Returns the value the work completes with, or throws its failure. */
  public <T> T call(Supplier<Future<T>> work) {
    return await(start(work));
  }

  public void run(Runnable work) {
    call(
        () -> {
          work.run();
          return Future.succeededFuture();
        });
  }

  public static <T> T await(Future<T> future) {
    try {
      return future.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("nothing came within " + TIMEOUT_SECONDS + " s", e);
    }
  }

  /** The failure of a future that must fail. */
  public static Throwable failure(Future<?> future) {
    return await(
        future.transform(
            done ->
                done.failed()
                    ? Future.succeededFuture(done.cause())
                    : Future.failedFuture(new AssertionError("it succeeded"))));
  }
}
