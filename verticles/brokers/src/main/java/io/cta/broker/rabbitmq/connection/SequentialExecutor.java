package io.cta.broker.rabbitmq.connection;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;

/**
 * Runs blocking calls on workers one after the other, also after one that failed. Broker's context
 * only.
 */
public final class SequentialExecutor {
  private final WorkerExecutor workers;
  private Future<?> last = Future.succeededFuture();

  public SequentialExecutor(WorkerExecutor workers) {
    this.workers = workers;
  }

  public <T> Future<T> run(Callable<T> work) {
    Future<T> next = last.transform(before -> workers.executeBlocking(work, false));
    last = next;
    return next;
  }
}
