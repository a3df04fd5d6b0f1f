package io.cta.server.artifacts;

import io.cta.domain.AttemptRef;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Moves whole uploads into the store, each once at a time. A transfer goes on when the request that
 * waits for it has to be answered; the next request waits for the same. One event loop only.
 */
final class UploadTransfers {
  /** Less than an agent waits for an answer. */
  static final Duration WAIT = Duration.ofSeconds(12);

  private static final int MAX_RUNNING = 64;

  private final Vertx vertx;
  private final IncomingUploads incoming;
  private final ArtifactStore store;
  private final Duration wait;
  private final Map<String, Future<Void>> running = new HashMap<>();

  /**
   * @param wait after which a request is answered that waits
   */
  UploadTransfers(Vertx vertx, IncomingUploads incoming, ArtifactStore store, Duration wait) {
    this.vertx = vertx;
    this.incoming = incoming;
    this.store = store;
    this.wait = wait;
  }

  /**
   * Moves a whole upload into the store, and completes with true when it is there, with false when
   * that takes longer. Fails with INVALID when the content has another digest, with UNAVAILABLE
   * when the store cannot be used or too many are on their way; then the upload stays.
   */
  Future<Boolean> transfer(AttemptRef attempt, String sha256) {
    String key = attempt.taskId() + "." + attempt.attempt() + "." + sha256;
    Future<Void> transfer = running.get(key);
    if (transfer == null) {
      if (running.size() >= MAX_RUNNING) {
        return Future.failedFuture(
            new ServiceFailure(ErrorCode.UNAVAILABLE, "too many artifacts are stored at once"));
      }
      transfer = incoming.whole(attempt, sha256).compose(file -> store.keep(sha256, file));
      running.put(key, transfer);
      transfer.onComplete(done -> running.remove(key));
    }
    return awaited(transfer);
  }

  private Future<Boolean> awaited(Future<Void> transfer) {
    Promise<Boolean> done = Promise.promise();
    long timer = vertx.setTimer(wait.toMillis(), late -> done.tryComplete(false));
    transfer.onComplete(v -> done.tryComplete(true), done::tryFail);
    return done.future().onComplete(ended -> vertx.cancelTimer(timer));
  }
}
