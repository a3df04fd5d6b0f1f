package io.cta.server.retention;

import io.cta.domain.DeliveryState;
import io.cta.server.artifacts.ArtifactRemover;
import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentFilter.Op;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.DocumentWrite.Outcome;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoredDocument;
import io.cta.server.store.WriteStep;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Removes one execution: first everything that belongs to it, the execution itself last, so that
 * the next sweep finds and finishes an interrupted removal. Works in slices, so that other requests
 * to the store get their turn.
 */
final class ExecutionRemover {
  static final int SLICE = 500;
  private static final List<CollectionSpec> PARTS =
      List.of(
          StoreCollections.LOGS,
          StoreCollections.STATUSES,
          StoreCollections.ARTIFACTS,
          StoreCollections.TASKS);

  private final DocumentStore store;
  private final ArtifactRemover artifacts;
  private final Function<String, Future<Void>> queueRemover;

  /**
   * @param artifacts removes the contents of what is gone
   * @param queueRemover removes the execution's queue at the broker
   */
  ExecutionRemover(
      DocumentStore store, ArtifactRemover artifacts, Function<String, Future<Void>> queueRemover) {
    this.store = store;
    this.artifacts = artifacts;
    this.queueRemover = queueRemover;
  }

  /** Answers whether the execution was removed; false when it has changed since it was found. */
  Future<Boolean> remove(StoredDocument execution) {
    return store
        .get(StoreCollections.EXECUTIONS, execution.id())
        .compose(
            now ->
                now.filter(d -> d.version() == execution.version()).isPresent()
                    ? removeParts(execution.id())
                        .compose(v -> queueRemover.apply(execution.id()))
                        .compose(v -> removeExecution(execution))
                    : Future.succeededFuture(false));
  }

  private Future<Void> removeParts(String executionId) {
    Future<Void> done = Future.succeededFuture();
    DocumentFilter all = DocumentFilter.eq("executionId", executionId);
    for (CollectionSpec part : PARTS) {
      done = done.compose(v -> removeSlices(part, all));
    }
    // a delivery that is still tried goes once nobody tries it any longer
    DocumentFilter ended =
        all.and("state", Op.IN, DeliveryState.DELIVERED.wire(), DeliveryState.FAILED.wire());
    return done.compose(v -> removeSlices(StoreCollections.DELIVERIES, ended));
  }

  private Future<Void> removeSlices(CollectionSpec part, DocumentFilter which) {
    DocumentQuery slice =
        DocumentQuery.of(part, which, SLICE)
            .omitting("data", "message", "description", "custom", "attempts", "body");
    return store
        .find(slice)
        .compose(
            page -> {
              List<DocumentWrite> deletes = new ArrayList<>();
              page.items()
                  .forEach(d -> deletes.add(new DocumentWrite.Delete(part, d.id(), d.version())));
              // a document that changed in between is found again
              return store
                  .apply(deletes)
                  .compose(outcomes -> artifacts.remove(digests(part, page.items())))
                  .compose(
                      outcomes ->
                          page.items().isEmpty()
                              ? Future.succeededFuture()
                              : removeSlices(part, which));
            });
  }

  private static List<String> digests(CollectionSpec part, List<StoredDocument> removed) {
    return part == StoreCollections.ARTIFACTS
        ? removed.stream().map(d -> d.body().getString("sha256")).toList()
        : List.of();
  }

  private Future<Boolean> removeExecution(StoredDocument execution) {
    DocumentWrite header =
        new DocumentWrite.Delete(StoreCollections.EXECUTIONS, execution.id(), execution.version());
    // written once and never changed; an execution without it could not be shown
    DocumentWrite spec =
        new DocumentWrite.Delete(StoreCollections.EXECUTION_SPECS, execution.id(), 1);
    return store
        .applySteps(List.of(WriteStep.needed(header), WriteStep.needed(spec)))
        .map(outcomes -> outcomes.get(0) == Outcome.DONE);
  }
}
