package io.cta.server.dispatch;

import io.cta.domain.Execution;
import io.cta.domain.State;
import io.cta.server.store.Collections;
import io.cta.server.store.Filter;
import io.cta.server.store.Page;
import io.cta.server.store.Query;
import io.cta.server.store.Stored;
import io.cta.server.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds executions in the store that no wake-up told of, or that there was no room for: walks
 * through the pending ones, a page every few ticks.
 */
final class Search {
  private static final Logger log = LoggerFactory.getLogger(Search.class);
  private static final int PAGE = 500;
  private static final int TICKS = 5;

  private final Stores stores;
  private final Planning planning;
  private String after;
  private int ticks;

  Search(Stores stores, Planning planning) {
    this.stores = stores;
    this.planning = planning;
  }

  void tick() {
    if (++ticks % TICKS != 0) {
      return;
    }
    Query pending =
        Query.of(Collections.EXECUTIONS, Filter.eq("state", State.PENDING.wire()), PAGE)
            .omitting("snapshot");
    stores
        .executions
        .find(after == null ? pending : pending.after(after))
        .onSuccess(this::found)
        .onFailure(e -> log.warn("pending executions not searched", e));
  }

  private void found(Page<Stored<Execution>> page) {
    after = page.next();
    page.items().stream()
        .map(Stored::value)
        .filter(e -> !e.planned())
        .forEach(e -> planning.add(e.id()));
  }
}
