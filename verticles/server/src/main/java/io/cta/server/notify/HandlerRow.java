package io.cta.server.notify;

import io.cta.domain.AfterOutcome;
import io.cta.domain.Delivery;
import io.cta.domain.Execution;
import io.cta.domain.Forge;
import io.cta.error.ServiceFailure;
import io.cta.server.executions.IdOrNameLookup;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;

/**
 * Stores the only row of deliveries that a handler causes, once however often it is asked: the id
 * follows from execution and handler.
 */
final class HandlerRow {
  private final StoreRepositories stores;
  private final Clock clock;

  HandlerRow(StoreRepositories stores, Clock clock) {
    this.stores = stores;
    this.clock = clock;
  }

  static String id(Execution execution, AfterOutcome outcome) {
    return execution.id() + "-" + outcome.handler() + "-" + outcome.action();
  }

  /** The forge by its id or name; fails with INVALID when it was removed. */
  Future<Forge> forge(String key) {
    return IdOrNameLookup.find(stores.forges, key)
        .map(
            found ->
                found
                    .orElseThrow(
                        () -> ServiceFailure.invalid("forge", "there is no such forge any more"))
                    .value());
  }

  /** What is there already was written before a crash, and stays as it is. */
  Future<AfterOutcome> stored(AfterOutcome outcome, Delivery row) {
    return stores
        .deliveries
        .apply(List.of(stores.deliveries.inserting(row.id(), row)))
        .compose(done -> stores.deliveries.get(row.id()))
        .map(found -> DeliveryFold.fold(outcome, List.of(found.value()), clock.instant()));
  }
}
