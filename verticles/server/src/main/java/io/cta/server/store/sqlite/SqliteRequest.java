package io.cta.server.store.sqlite;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.SQLException;

/** Work for a session, and the caller who waits for its result on its own context. */
final class SqliteRequest<T> {
  private final Work<T> work;
  private final Context context;
  private final Promise<T> promise = Promise.promise();
  private T result;
  private Throwable failure;

  /** Work in a transaction; run again if the transaction had to be rolled back. */
  interface Work<T> {
    T run(SqliteSession session) throws SQLException;
  }

  SqliteRequest(Context context, Work<T> work) {
    this.context = context;
    this.work = work;
  }

  Future<T> future() {
    return promise.future();
  }

  Context context() {
    return context;
  }

  void run(SqliteSession session) throws SQLException {
    result = work.run(session);
  }

  SqliteRequest<T> failed(Throwable cause) {
    failure = known(cause);
    return this;
  }

  /** Completes the caller's future. On its context only. */
  void settle() {
    if (failure != null) {
      promise.fail(failure);
    } else {
      promise.complete(result);
    }
  }

  void settleOnContext() {
    context.runOnContext(v -> settle());
  }

  private static Throwable known(Throwable cause) {
    if (cause instanceof ServiceFailure) {
      return cause;
    }
    return new ServiceFailure(ErrorCode.UNAVAILABLE, "the store failed: " + cause.getMessage());
  }
}
