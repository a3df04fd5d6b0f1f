package io.cta.server.store;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one door to stored data. What a future has confirmed survives the death of the process. Safe
 * from any event loop; futures complete on the caller's context.
 */
public interface DocumentStore {
  /** Makes collections and indexes as far as they are missing. */
  Future<Void> prepare(List<CollectionSpec> collections);

  Future<Optional<StoredDocument>> get(CollectionSpec collection, String id);

  Future<QueryPage<StoredDocument>> find(DocumentQuery query);

  Future<Long> count(CollectionSpec collection, DocumentFilter filter);

  /** How many documents have each value of a declared field; absent values are left out. */
  Future<Map<String, Long>> countBy(CollectionSpec collection, DocumentFilter filter, String field);

  /**
   * Carries out each write by itself (one that loses does not undo the others) and answers their
   * outcomes in order, once all are durable. Writes to one document happen in the order given.
   */
  Future<List<DocumentWrite.Outcome>> apply(List<DocumentWrite> writes);

  /**
   * Carries out steps one after the other, each as {@link #apply} does it and once the one before
   * is durable, and ends after a needed step of which a write lost. Answers the outcomes of what
   * was carried out, in order. After a crash some of the last steps may be missing, never one
   * before a step that is there.
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

  /**
   * How often something was written together in a scope: 0 before the first time. When it is
   * answered, all that was ever decided there is carried out, though who wrote it may have died
   * half-way.
   */
  Future<Long> revision(String scope);

  /**
   * Carries out all writes or none of them, and counts the scope's revision up, unless that is not
   * {@code revision} any more. Who asks for the revision, then reads, then decides, and writes with
   * that revision, knows that nothing changed meanwhile that others write together in the scope.
   *
   * <p>Answers outcomes in order; unless all are DONE nothing was done, and all are STALE when the
   * revision was over. An UNAVAILABLE failure leaves open whether all or none was, or will be,
   * done. Writers from outside the scope may change the same documents at any time, but neither
   * make nor take unique values of them.
   *
   * @param writes no two to the same document
   */
  Future<List<DocumentWrite.Outcome>> together(
      String scope, long revision, List<DocumentWrite> writes);

  Future<Void> close();
}
