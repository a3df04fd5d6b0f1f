package io.cta.server.retention;

import io.cta.server.artifacts.ArtifactServices;
import io.cta.server.store.DocumentStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sweeps finished executions periodically, one sweep at a time. */
public final class RetentionVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(RetentionVerticle.class);

  /** No agent goes on with an upload after that. */
  private static final Duration UPLOAD_AGE = Duration.ofDays(1);

  private final DocumentStore store;
  private final RetentionPolicy policy;
  private final ArtifactServices artifacts;
  private final Function<String, Future<Void>> queueRemover;
  private final Duration interval;
  private final Clock clock;

  /**
   * @param artifacts whose contents go with the executions
   * @param queueRemover removes an execution's queue at the broker; a durable broker still has it
   *     if a crash interrupted its removal
   */
  public RetentionVerticle(
      DocumentStore store,
      RetentionPolicy policy,
      ArtifactServices artifacts,
      Function<String, Future<Void>> queueRemover,
      Duration interval,
      Clock clock) {
    this.store = store;
    this.policy = policy;
    this.artifacts = artifacts;
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
    Instant now = clock.instant();
    new RetentionSweep(store, policy, artifacts.remover(), queueRemover)
        .run(now)
        .onSuccess(
            removed -> {
              if (removed > 0) {
                log.info("finished executions removed [count: {}]", removed);
              }
            })
        .onFailure(e -> log.warn("sweeping finished executions failed", e))
        .transform(done -> sweepArtifacts(now))
        .onComplete(done -> schedule());
  }

  /** Removes what interrupted removals and uploads have left. */
  private Future<Void> sweepArtifacts(Instant now) {
    return artifacts
        .remover()
        .sweep(now)
        .compose(v -> artifacts.receiver().sweep(now.minus(UPLOAD_AGE)))
        .onFailure(e -> log.warn("sweeping the contents of artifacts failed", e));
  }
}
