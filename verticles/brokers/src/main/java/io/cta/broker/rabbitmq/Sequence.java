package io.cta.broker.rabbitmq;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;

/** Runs blocking calls one after the other, whatever became of the one before. Home only. */
final class Sequence {
  private final WorkerExecutor workers;
  private Future<?> last = Future.succeededFuture();

  Sequence(WorkerExecutor workers) {
    this.workers = workers;
  }

  <T> Future<T> run(Callable<T> work) {
    Future<T> next = last.transform(before -> workers.executeBlocking(work, false));
    last = next;
    return next;
  }
}
