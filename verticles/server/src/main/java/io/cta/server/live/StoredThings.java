package io.cta.server.live;

import io.cta.server.store.CollectionSpec;
import io.cta.server.store.Collections;
import io.cta.server.store.DocumentStore;
import io.cta.server.store.Filter;
import io.vertx.core.Future;

/** Whether what is shown is in the store at all. Answers come on the caller's context. */
final class StoredThings {
  private final DocumentStore store;

  StoredThings(DocumentStore store) {
    this.store = store;
  }

  /** The overviews are always there. */
  Future<Boolean> has(Topic topic) {
    return switch (topic.kind()) {
      case FLEET, EXECUTIONS -> Future.succeededFuture(true);
      case EXECUTION -> has(Collections.EXECUTIONS, topic.id());
      case LOG -> has(Collections.TASKS, topic.id());
    };
  }

  Future<Boolean> hasMachine(String id) {
    return has(Collections.MACHINES, id);
  }

  private Future<Boolean> has(CollectionSpec collection, String id) {
    return store.count(collection, Filter.eq("id", id)).map(found -> found > 0);
  }
}
