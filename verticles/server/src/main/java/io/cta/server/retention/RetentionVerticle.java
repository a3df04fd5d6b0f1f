package io.cta.server.retention;

import io.cta.server.store.DocumentStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks now and then for executions that may go; one look at a time. */
public final class RetentionVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(RetentionVerticle.class);

  private final DocumentStore store;
  private final RetentionPolicy policy;
  private final Function<String, Future<Void>> queue;
  private final Duration interval;
  private final Clock clock;

  /**
   * @param queue removes what the broker may still hold of an execution; a durable broker keeps a
   *     queue whose removal a crash has cut off
   */
  public RetentionVerticle(
      DocumentStore store,
      RetentionPolicy policy,
      Function<String, Future<Void>> queue,
      Duration interval,
      Clock clock) {
    this.store = store;
    this.policy = policy;
    this.queue = queue;
    this.interval = interval;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    later();
    return Future.succeededFuture();
  }

  private void later() {
    vertx.setTimer(interval.toMillis(), id -> look());
  }

  private void look() {
    new RetentionSweep(store, policy, queue)
        .run(clock.instant())
        .onSuccess(
            removed -> {
              if (removed > 0) {
                log.info("finished executions removed [count: {}]", removed);
              }
            })
        .onFailure(e -> log.warn("finished executions not looked at", e))
        .onComplete(done -> later());
  }
}
