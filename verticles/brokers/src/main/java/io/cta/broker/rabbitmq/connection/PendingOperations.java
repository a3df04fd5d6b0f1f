package io.cta.broker.rabbitmq.connection;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Holds calls while the server is away, and makes calls again during which it went away. Bounded.
 * Broker's context only.
 */
public final class PendingOperations {
  private static final int MAX_CALLS = 10_000;
  private static final long RETRY_MILLIS = 250;

  /** Before a call that got no answer is made again, so that others have their turn. */
  private static final long RETRY_UNANSWERED_MILLIS = 5_000;

  private final Vertx vertx;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int calls;
  private boolean up;
  private boolean closed;

  public PendingOperations(Vertx vertx) {
    this.vertx = vertx;
  }

  public <T> Future<T> call(Supplier<Future<T>> work) {
    if (calls >= MAX_CALLS) {
      String text = calls + " calls to RabbitMQ are waiting, no more are taken";
      return Future.failedFuture(new ServiceFailure(ErrorCode.UNAVAILABLE, text));
    }
    calls++;
    Promise<T> promise = Promise.promise();
    attempt(work, promise);
    return promise.future().onComplete(done -> calls--);
  }

  public Future<Void> pause(long millis) {
    return vertx.timer(millis).mapEmpty();
  }

  public void up() {
    up = true;
    int n = waiting.size();
    for (int i = 0; i < n; i++) {
      waiting.remove().run();
    }
  }

  public void down() {
    up = false;
  }

  public void close() {
    closed = true;
    up();
  }

  private <T> void attempt(Supplier<Future<T>> work, Promise<T> promise) {
    if (closed) {
      promise.fail(new ServiceFailure(ErrorCode.UNAVAILABLE, "the broker is closed"));
    } else if (!up) {
      waiting.add(() -> attempt(work, promise));
    } else {
      work.get().onSuccess(promise::complete).onFailure(e -> failed(e, work, promise));
    }
  }

  private <T> void failed(Throwable why, Supplier<Future<T>> work, Promise<T> promise) {
    CloseReason closeReason = CloseReason.of(why);
    if (closeReason.lost() && !closeReason.refused()) {
      boolean unanswered = why instanceof TimeoutException;
      vertx.setTimer(
          unanswered ? RETRY_UNANSWERED_MILLIS : RETRY_MILLIS, id -> attempt(work, promise));
    } else {
      promise.fail(closeReason.failure());
    }
  }
}
