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

/** Stores the push of a handler as a row of deliveries. */
final class PushAction {
  private final HandlerRow rows;
  private final Clock clock;

  PushAction(StoreRepositories stores, Clock clock) {
    this.rows = new HandlerRow(stores, clock);
    this.clock = clock;
  }

  Future<AfterOutcome> carryOut(Execution execution, AfterOutcome outcome, AfterPush push) {
    String id = HandlerRow.id(execution, outcome);
    PushPlace place = PushPlace.of(push.to(), execution.scenarioName(), execution.id());
    Delivery row =
        DeliveryRow.due(execution, outcome.handler(), clock.instant())
            .id(id)
            .messageId(DeliveryRow.messageId(IdGenerator.derived(execution.finishedAt(), id)))
            .channelId(Delivery.PUSH + PushPlace.receiver(push.to()))
            .channelName(place.toString())
            .body(JsonMapping.encode(push).toString())
            .build();
    return rows.stored(outcome, row);
  }
}
