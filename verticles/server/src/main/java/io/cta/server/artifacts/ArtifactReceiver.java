package io.cta.server.artifacts;

import io.cta.domain.Artifact;
import io.cta.domain.ArtifactBuilder;
import io.cta.domain.AttemptRef;
import io.cta.domain.Task;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Receives artifacts from agents. An agent offers a file; when its content is there, the artifact
 * is kept; else the agent sends the content, part by part, and offers the file again. All of it may
 * be repeated. Event loop of the HTTP server only.
 */
public final class ArtifactReceiver {
  /** Largest part of a content in one request; small enough for a slow line. */
  public static final long MAX_PART_BYTES = 8L << 20;

  private static final int MAX_USAGES = 1_000;
  private static final int PAGE = 1_000;

  /**
   * What is missing of an offered file.
   *
   * @param complete true when the artifact is kept
   * @param offset bytes of its content that have come
   */
  public record Progress(boolean complete, long offset) {}

  private final StoreRepositories stores;
  private final ArtifactStore store;
  private final ArtifactSettings settings;
  private final Clock clock;
  private final IncomingUploads incoming;
  private final UploadTransfers transfers;
  private final Map<String, Future<AttemptUsage>> usages =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Future<AttemptUsage>> eldest) {
          return size() > MAX_USAGES;
        }
      };

  /**
   * @param files threads for short work on files
   */
  public ArtifactReceiver(
      Vertx vertx,
      WorkerExecutor files,
      StoreRepositories stores,
      ArtifactStore store,
      ArtifactSettings settings,
      Clock clock) {
    this.stores = stores;
    this.store = store;
    this.settings = settings;
    this.clock = clock;
    this.incoming = new IncomingUploads(vertx, files, settings.directory().resolve("incoming"));
    this.transfers = new UploadTransfers(vertx, incoming, store, UploadTransfers.WAIT);
  }

  /**
   * Keeps an offered file when its content is there; fails with TOO_LARGE beyond a limit, with
   * CONFLICT when this server keeps none.
   */
  public Future<Progress> offer(Task task, String machineId, ArtifactOffer offer) {
    if (settings.hindrance() != null) {
      return Future.failedFuture(new ServiceFailure(ErrorCode.CONFLICT, settings.hindrance()));
    }
    return usage(offer.attempt())
        .compose(
            usage -> {
              usage.addContent(offer.sha256(), offer.size());
              usage.addArtifact(offer.id());
              return isThere(offer);
            })
        .compose(
            there ->
                there
                    ? keep(artifact(task, machineId, offer)).compose(v -> settled(offer))
                    : missing(offer));
  }

  /** The content may have been removed before the artifact referred to it. */
  private Future<Progress> settled(ArtifactOffer offer) {
    return store
        .has(offer.sha256())
        .compose(
            still ->
                still ? Future.succeededFuture(new Progress(true, offer.size())) : missing(offer));
  }

  /** Also stores what has come whole, but could not be stored then. */
  private Future<Boolean> isThere(ArtifactOffer offer) {
    return store
        .has(offer.sha256())
        .compose(
            there -> there ? Future.succeededFuture(true) : hasCome(offer).compose(stored(offer)));
  }

  /** Of an empty file there is nothing to send. */
  private Future<Boolean> hasCome(ArtifactOffer offer) {
    return offer.size() == 0
        ? incoming.empty(offer.attempt(), offer.sha256()).map(true)
        : incoming
            .received(offer.attempt(), offer.sha256())
            .map(received -> received >= offer.size());
  }

  private Function<Boolean, Future<Boolean>> stored(ArtifactOffer offer) {
    return whole ->
        whole
            ? transfers
                .transfer(offer.attempt(), offer.sha256())
                .recover(
                    e ->
                        offer.size() > 0 && ServiceFailure.is(e, ErrorCode.INVALID)
                            ? Future.succeededFuture(false) // thrown away: it is sent again
                            : Future.failedFuture(e))
            : Future.succeededFuture(false);
  }

  private Future<Progress> missing(ArtifactOffer offer) {
    return incoming
        .received(offer.attempt(), offer.sha256())
        .map(received -> new Progress(false, received));
  }

  /**
   * Takes a part of a content, and completes with the bytes that have come so far. With the last
   * part the content is checked and stored; when it is another one it is thrown away, and this
   * fails with INVALID. Fails with UNAVAILABLE when it cannot be stored: then an offer tries again.
   *
   * @param size of the whole content
   * @param body paused
   */
  public Future<Long> receive(
      AttemptRef attempt, String sha256, long size, long offset, ReadStream<Buffer> body) {
    return usage(attempt)
        .compose(
            usage -> {
              usage.addContent(sha256, size);
              return incoming.append(attempt, sha256, offset, body);
            })
        .compose(
            received ->
                received < size
                    ? Future.succeededFuture(received)
                    : transfers.transfer(attempt, sha256).map(received));
  }

  /** Deletes parts that nobody has gone on with since then. */
  public Future<Void> sweep(Instant before) {
    return incoming.sweep(before);
  }

  private Artifact artifact(Task task, String machineId, ArtifactOffer offer) {
    return ArtifactBuilder.builder()
        .id(offer.id())
        .executionId(task.executionId())
        .taskId(task.id())
        .attempt(offer.attempt().attempt())
        .testId(offer.testId())
        .machineId(machineId)
        .path(offer.path())
        .size(offer.size())
        .sha256(offer.sha256())
        .at(clock.instant())
        .build();
  }

  /** A file that was written again in the same attempt takes the place of the earlier one. */
  private Future<Void> keep(Artifact artifact) {
    return stores
        .artifacts
        .insert(artifact.id(), artifact)
        .compose(
            outcome ->
                outcome == DocumentWrite.Outcome.DUPLICATE
                    ? stores
                        .artifacts
                        .update(
                            artifact.id(),
                            old -> old.sha256().equals(artifact.sha256()) ? old : artifact)
                        .<Void>mapEmpty()
                    : Future.succeededFuture());
  }

  private Future<AttemptUsage> usage(AttemptRef attempt) {
    String key = attempt.taskId() + "." + attempt.attempt();
    Future<AttemptUsage> known = usages.get(key);
    if (known != null && !known.failed()) {
      return known;
    }
    Future<AttemptUsage> loading = load(attempt);
    usages.put(key, loading);
    return loading;
  }

  private Future<AttemptUsage> load(AttemptRef attempt) {
    AttemptUsage usage = new AttemptUsage(settings);
    DocumentFilter filter =
        DocumentFilter.eq("taskId", attempt.taskId())
            .and("attempt", DocumentFilter.Op.EQ, attempt.attempt());
    return stores
        .artifacts
        .each(
            DocumentQuery.of(StoreCollections.ARTIFACTS, filter, PAGE), found -> note(usage, found))
        .map(usage);
  }

  private static void note(AttemptUsage usage, VersionedEntity<Artifact> found) {
    usage.known(found.value().id(), found.value().sha256(), found.value().size());
  }
}
