package io.cta.server.artifacts;

import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.StoreCollections;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes contents that no artifact refers to. The artifacts go first and the content after them:
 * what a crash in between leaves is found by the sweep. Several servers may do it at the same time.
 */
public final class ArtifactRemover {
  /** An artifact is written soon after its content. */
  private static final Duration ORPHAN_AGE = Duration.ofHours(1);

  private static final Logger log = LoggerFactory.getLogger(ArtifactRemover.class);

  private final DocumentStore documents;
  private final ArtifactStore store;
  private int turn;

  public ArtifactRemover(DocumentStore documents, ArtifactStore store) {
    this.documents = documents;
    this.store = store;
  }

  /**
   * Removes those of the contents that nothing refers to. Never fails: what a store that is away
   * keeps is swept later.
   */
  public Future<Void> remove(Collection<String> digests) {
    return removeAll(digests)
        .onFailure(e -> log.warn("contents stay until they are swept [{}]", e.getMessage()))
        .otherwiseEmpty();
  }

  private Future<Void> removeAll(Collection<String> digests) {
    Future<Void> done = Future.succeededFuture();
    for (String sha256 : new LinkedHashSet<>(digests)) {
      done = done.compose(v -> store.remove(sha256, () -> isReferred(sha256)));
    }
    return done;
  }

  /** Looks through a part of all contents for those that nothing refers to. */
  public Future<Void> sweep(Instant now) {
    return store.older(now.minus(ORPHAN_AGE), turn++ & Integer.MAX_VALUE).compose(this::removeAll);
  }

  private Future<Boolean> isReferred(String sha256) {
    return documents
        .count(StoreCollections.ARTIFACTS, DocumentFilter.eq("sha256", sha256))
        .map(count -> count > 0);
  }
}
