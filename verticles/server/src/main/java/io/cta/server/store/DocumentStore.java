package io.cta.server.store;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one door to stored data. What a future has confirmed survives the death of the process. Safe
 * from any event loop; futures complete on the caller's context.
 */
public interface DocumentStore {
  /** Makes collections and indexes as far as they are missing. */
  Future<Void> prepare(List<CollectionSpec> collections);

  Future<Optional<Document>> get(CollectionSpec collection, String id);

  Future<Page<Document>> find(Query query);

  Future<Long> count(CollectionSpec collection, Filter filter);

  /** How many documents have each value of a declared field; absent values are left out. */
  Future<Map<String, Long>> countBy(CollectionSpec collection, Filter filter, String field);

  /**
   * Carries out each write by itself (one that loses does not undo the others) and answers their
   * outcomes in order, once all are durable. Writes to one document happen in the order given.
   */
  Future<List<Write.Outcome>> apply(List<Write> writes);

  Future<Void> close();
}
