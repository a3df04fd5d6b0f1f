package io.cta.server.notify;

import io.cta.domain.AfterOutcome;
import io.cta.domain.AfterPush;
import io.cta.domain.Delivery;
import io.cta.domain.Execution;
import io.cta.domain.IdGenerator;
import io.cta.json.JsonMapping;
import io.cta.server.push.PushPlace;
import io.cta.server.store.StoreRepositories;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;

/** Stores the push of a handler as a row of deliveries, once however often it is asked. */
final class PushAction {
  private final StoreRepositories stores;
  private final Clock clock;

  PushAction(StoreRepositories stores, Clock clock) {
    this.stores = stores;
    this.clock = clock;
  }

  Future<AfterOutcome> carryOut(Execution execution, AfterOutcome outcome, AfterPush push) {
    String id = execution.id() + "-" + outcome.handler() + "-push";
    PushPlace place = PushPlace.of(push.to(), execution.scenarioName(), execution.id());
    Delivery row =
        DeliveryRow.due(execution, outcome.handler(), clock.instant())
            .id(id)
            .messageId(DeliveryRow.messageId(IdGenerator.derived(execution.finishedAt(), id)))
            .channelId(Delivery.PUSH + PushPlace.receiver(push.to()))
            .channelName(place.toString())
            .body(JsonMapping.encode(push).toString())
            .build();
    // what is there already was written before a crash, and stays as it is
    return stores
        .deliveries
        .apply(List.of(stores.deliveries.inserting(id, row)))
        .compose(done -> stores.deliveries.get(id))
        .map(stored -> DeliveryFold.fold(outcome, List.of(stored.value()), clock.instant()));
  }
}
