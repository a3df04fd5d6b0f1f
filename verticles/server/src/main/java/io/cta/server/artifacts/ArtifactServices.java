package io.cta.server.artifacts;

import io.cta.server.store.StoreRepositories;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;

/**
 * What keeps artifacts on a server, made once at its start.
 *
 * @param store of their contents
 * @param receiver takes them from agents
 * @param remover removes contents that nothing refers to
 */
public record ArtifactServices(
    ArtifactSettings settings,
    ArtifactStore store,
    ArtifactReceiver receiver,
    ArtifactRemover remover) {
  private static final int THREADS = 4;

  /** With the contents in a directory; makes none before the first artifact. */
  public static ArtifactServices inDirectory(
      Vertx vertx, StoreRepositories stores, ArtifactSettings settings, Clock clock) {
    WorkerExecutor files = threads(vertx);
    ArtifactStore store = new DirectoryArtifactStore(vertx, files, settings.directory());
    return over(vertx, files, stores, settings, store, clock);
  }

  /** With the contents in a bucket, for which it asks at once; uploads come to the directory. */
  public static ArtifactServices inBucket(
      Vertx vertx,
      StoreRepositories stores,
      ArtifactSettings settings,
      BucketSettings bucket,
      Clock clock) {
    WorkerExecutor files = threads(vertx);
    BucketArtifactStore store =
        new BucketArtifactStore(vertx, files, bucket, BucketUpload.Sizes.USUAL);
    store.check();
    return over(vertx, files, stores, settings, store, clock);
  }

  private static WorkerExecutor threads(Vertx vertx) {
    return vertx.createSharedWorkerExecutor("cta-artifacts", THREADS);
  }

  private static ArtifactServices over(
      Vertx vertx,
      WorkerExecutor files,
      StoreRepositories stores,
      ArtifactSettings settings,
      ArtifactStore store,
      Clock clock) {
    return new ArtifactServices(
        settings,
        store,
        new ArtifactReceiver(vertx, files, stores, store, settings, clock),
        new ArtifactRemover(stores.documents, store));
  }
}
