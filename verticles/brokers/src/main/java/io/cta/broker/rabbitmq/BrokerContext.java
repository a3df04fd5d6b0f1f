package io.cta.broker.rabbitmq;

import io.cta.broker.CallerPromise;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The context on which the broker does all its work, so that it needs no lock. Refuses calls once
 * the broker is closed. Safe from any context, but for {@link #close}.
 */
final class BrokerContext {
  private final Vertx vertx;
  private final Context context;
  private boolean closed;

  BrokerContext(Vertx vertx) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
  }

  Context context() {
    return context;
  }

  <T> CallerPromise<T> answer() {
    return new CallerPromise<>(vertx);
  }

  void run(Runnable work) {
    context.runOnContext(v -> work.run());
  }

  /** Runs work after a wait, unless the broker is closed by then. */
  void later(long millis, Runnable work) {
    vertx.setTimer(
        Math.max(1, millis),
        id -> {
          if (!closed) {
            work.run();
          }
        });
  }

  /** Runs a call; its work answers the caller. */
  <T> Future<T> call(Consumer<CallerPromise<T>> work) {
    CallerPromise<T> answer = answer();
    run(
        () -> {
          if (closed) {
            answer.fail(closedFailure());
          } else {
            work.accept(answer);
          }
        });
    return answer.future();
  }

  /** Runs a call that ends as its work does. */
  Future<Void> call(Supplier<Future<Void>> work) {
    return call(answer -> work.get().onSuccess(answer::succeed).onFailure(answer::fail));
  }

  /** Refuses calls from now on. False if it did before. Only on the context. */
  boolean close() {
    boolean first = !closed;
    closed = true;
    return first;
  }

  static ServiceFailure closedFailure() {
    return new ServiceFailure(ErrorCode.UNAVAILABLE, "the broker is closed");
  }
}
