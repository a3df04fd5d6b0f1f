package io.cta.server.store;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads and writes all stored data. A write whose future has succeeded survives the death of the
 * process. Safe from any event loop; futures complete on the caller's context.
 */
public interface DocumentStore {
  /** Creates missing collections and indexes. */
  Future<Void> prepare(List<CollectionSpec> collections);

  Future<Optional<StoredDocument>> get(CollectionSpec collection, String id);

  Future<QueryPage<StoredDocument>> find(DocumentQuery query);

  Future<Long> count(CollectionSpec collection, DocumentFilter filter);

  /** How many documents have each value of a declared field; absent values are left out. */
  Future<Map<String, Long>> countBy(CollectionSpec collection, DocumentFilter filter, String field);

  /**
   * Carries out each write on its own (one that loses does not undo the others) and returns their
   * outcomes in order, once all are durable. Writes to one document happen in the order given.
   */
  Future<List<DocumentWrite.Outcome>> apply(List<DocumentWrite> writes);

  /**
   * Carries out steps one after the other, each as {@link #apply} does and only once the one before
   * is durable, and stops after a needed step in which a write lost. Returns the outcomes of what
   * was carried out, in order. After a crash some of the last steps may be missing, but never a
   * step before one that was carried out.
   */
  default Future<List<DocumentWrite.Outcome>> applySteps(List<WriteStep> steps) {
    if (steps.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    WriteStep first = steps.get(0);
    return apply(first.writes())
        .compose(
            done ->
                first.passed(done)
                    ? applySteps(steps.subList(1, steps.size()))
                        .map(rest -> Stream.concat(done.stream(), rest.stream()).toList())
                    : Future.succeededFuture(done));
  }

  /** True when a crash leaves all steps of {@link #applySteps} or none of them. */
  default boolean wholeSteps() {
    return false;
  }

  /**
   * A number that grows with each joint write in a scope: 0 before the first. When the future
   * succeeds, all joint writes decided there are carried out, even if their writer died half-way.
   */
  Future<Long> revision(String scope);

  /**
   * Carries out all writes or none of them, and advances the scope's revision; does nothing if that
   * is no longer {@code revision}. A caller that asks for the revision, then reads, then decides,
   * and writes with that revision, knows that no other joint write in the scope came between.
   *
   * <p>Returns outcomes in order: unless all are DONE nothing was done, and all are STALE when the
   * revision had moved on. An UNAVAILABLE failure leaves open whether all or none were, or will be,
   * done. Writers outside the scope may change the same documents at any time, but must not change
   * their unique values.
   *
   * @param writes no two to the same document
   */
  Future<List<DocumentWrite.Outcome>> together(
      String scope, long revision, List<DocumentWrite> writes);

  Future<Void> close();
}
