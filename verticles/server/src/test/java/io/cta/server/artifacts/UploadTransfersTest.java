package io.cta.server.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.cta.domain.AttemptRef;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.s3.S3Signer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that takes its time holds up no request, and gets no content twice. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class UploadTransfersTest {
  private static final String EMPTY = S3Signer.EMPTY_SHA256;

  @TempDir Path dir;
  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final WorkerExecutor files = vertx.createSharedWorkerExecutor("files", 2);
  private final List<Promise<Void>> kept = new ArrayList<>();
  private UploadTransfers transfers;
  private IncomingUploads incoming;

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aRequestIsAnsweredWhileTheStoringGoesOnAndTheNextWaitsForTheSame() {
    start(Duration.ofMillis(50));
    AttemptRef attempt = upload("T");
    assertFalse(transfer(attempt));
    assertFalse(transfer(attempt));
    assertEquals(1, kept.size());
    Future<Boolean> third =
        onLoop(
            () -> {
              Future<Boolean> waiting = transfers.transfer(attempt, EMPTY);
              kept.get(0).complete();
              return waiting;
            });
    assertTrue(third.await());
    assertEquals(1, kept.size());
  }

  @Test
  void whatFailsIsToldToTheNextRequestAndTriedAnew() {
    start(Duration.ofMinutes(1));
    AttemptRef attempt = upload("T");
    Future<Boolean> waiting = onLoop(() -> transfers.transfer(attempt, EMPTY));
    until(1);
    loop.runOnContext(v -> kept.get(0).fail(new ServiceFailure(ErrorCode.UNAVAILABLE, "away")));
    assertEquals(ErrorCode.UNAVAILABLE, assertThrows(ServiceFailure.class, waiting::await).code());
    Future<Boolean> again = onLoop(() -> transfers.transfer(attempt, EMPTY));
    until(2);
    loop.runOnContext(v -> kept.get(1).complete());
    assertTrue(again.await());
  }

  @Test
  void asManyAsItMayAreUnderWayAndOneMoreIsRefused() {
    start(Duration.ofMillis(1));
    for (int i = 0; i < 64; i++) {
      assertFalse(transfer(upload("T" + i)));
    }
    AttemptRef more = upload("T64");
    ServiceFailure refused = assertThrows(ServiceFailure.class, () -> transfer(more));
    assertEquals(ErrorCode.UNAVAILABLE, refused.code());
  }

  private void start(Duration wait) {
    incoming = new IncomingUploads(vertx, files, dir);
    transfers = new UploadTransfers(vertx, incoming, new SlowStore(), wait);
  }

  private AttemptRef upload(String task) {
    AttemptRef attempt = new AttemptRef(task, 1, "token");
    incoming.empty(attempt, EMPTY).await();
    return attempt;
  }

  private boolean transfer(AttemptRef attempt) {
    return onLoop(() -> transfers.transfer(attempt, EMPTY)).await();
  }

  /** Until the store was asked that often. */
  private void until(int count) {
    while (onLoop(() -> Future.succeededFuture(kept.size())).await() < count) {
      Thread.onSpinWait();
    }
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    loop.runOnContext(v -> work.get().onComplete(done));
    return done.future();
  }

  /** Keeps nothing until it is told to. */
  private final class SlowStore implements ArtifactStore {
    @Override
    public Future<Void> keep(String sha256, Path file) {
      kept.add(Promise.promise());
      return kept.get(kept.size() - 1).future();
    }

    @Override
    public Future<Boolean> has(String sha256) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<StoredContent> open(String sha256, ByteRange part) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<Void> remove(String sha256, Supplier<Future<Boolean>> referred) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Future<List<String>> older(Instant before, int turn) {
      throw new UnsupportedOperationException();
    }
  }
}
