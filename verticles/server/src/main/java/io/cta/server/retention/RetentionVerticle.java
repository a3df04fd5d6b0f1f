package io.cta.server.retention;

import io.cta.server.store.DocumentStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps finished executions periodically, one sweep at a time. */
public final class RetentionVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(RetentionVerticle.class);

  private final DocumentStore store;
  private final RetentionPolicy policy;
  private final Function<String, Future<Void>> queueRemover;
  private final Duration interval;
  private final Clock clock;

  /**
   * @param queueRemover removes an execution's queue at the broker; a durable broker still has it
   *     if a crash interrupted its removal
   */
  public RetentionVerticle(
      DocumentStore store,
      RetentionPolicy policy,
      Function<String, Future<Void>> queueRemover,
      Duration interval,
      Clock clock) {
    this.store = store;
    this.policy = policy;
    this.queueRemover = queueRemover;
    this.interval = interval;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    schedule();
    return Future.succeededFuture();
  }

  private void schedule() {
    vertx.setTimer(interval.toMillis(), id -> sweep());
  }

  private void sweep() {
    new RetentionSweep(store, policy, queueRemover)
        .run(clock.instant())
        .onSuccess(
            removed -> {
              if (removed > 0) {
                log.info("finished executions removed [count: {}]", removed);
              }
            })
        .onFailure(e -> log.warn("sweeping finished executions failed", e))
        .onComplete(done -> schedule());
  }
}
