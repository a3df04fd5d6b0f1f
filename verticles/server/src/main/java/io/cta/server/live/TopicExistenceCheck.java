package io.cta.server.live;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.StoreCollections;
import io.vertx.core.Future;

/**
 * Checks whether the subject of a topic is in the store. Futures complete on the caller's context.
 */
final class TopicExistenceCheck {
  private final DocumentStore store;

  TopicExistenceCheck(DocumentStore store) {
    this.store = store;
  }

  /** Always true for the overviews. */
  Future<Boolean> has(LiveTopic topic) {
    return switch (topic.kind()) {
      case FLEET, EXECUTIONS -> Future.succeededFuture(true);
      case EXECUTION -> has(StoreCollections.EXECUTIONS, topic.id());
      case LOG -> has(StoreCollections.TASKS, topic.id());
    };
  }

  Future<Boolean> hasMachine(String id) {
    return has(StoreCollections.MACHINES, id);
  }

  private Future<Boolean> has(CollectionSpec collection, String id) {
    return store.count(collection, DocumentFilter.eq("id", id)).map(found -> found > 0);
  }
}
