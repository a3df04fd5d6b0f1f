package io.cta.server.notify;

import io.cta.domain.AfterState;
import io.cta.domain.Delivery;
import io.cta.domain.DeliveryAttempt;
import io.cta.domain.DeliveryState;
import io.cta.server.sequence.KeyedActionQueue;
import io.cta.server.store.DocumentWrite;
import io.cta.server.store.DocumentWrite.Outcome;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.server.store.VersionedEntity;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stores what came of an attempt. Deliveries of one execution end one after the other, and one that
 * leaves others open looks once more when it is stored: of two that end at the same time, on one
 * node or on two, the later one knows of both. Event loop of its verticle only.
 */
final class AttemptWriter {
  private final StoreRepositories stores;
  private final OutcomeWriter outcomes;
  private final DeliveryClaims claims;
  private final TimeSource time;
  private final KeyedActionQueue order = new KeyedActionQueue();

  AttemptWriter(
      StoreRepositories stores, OutcomeWriter outcomes, DeliveryClaims claims, TimeSource time) {
    this.stores = stores;
    this.outcomes = outcomes;
    this.claims = claims;
    this.time = time;
  }

  /** Ends a delivery that cannot be sent at all. */
  Future<Optional<Duration>> refuse(VersionedEntity<Delivery> mine, String why) {
    Instant now = time.now();
    Delivery next =
        DeliverySchedule.after(
            mine.value(),
            new DeliveryAttempt(now, null, why, 0),
            false,
            true,
            Duration.ZERO,
            0,
            now);
    return store(mine, next);
  }

  /** Completes with how long until the next attempt; empty when there is none. */
  Future<Optional<Duration>> store(VersionedEntity<Delivery> mine, Delivery next) {
    if (next.state() == DeliveryState.WAITING) {
      Duration wait = next.waited().minus(mine.value().waited());
      return stores
          .deliveries
          .replace(next.id(), mine, next)
          .compose(
              outcome ->
                  outcome == Outcome.DONE
                      ? told(next).map(Optional.of(wait))
                      : Future.succeededFuture(Optional.of(claims.lease())));
    }
    return order
        .enqueue(next.executionId(), () -> ended(mine, next))
        .map(
            done -> {
              claims.forget(next.id());
              return Optional.empty();
            });
  }

  /** What is in the way of a place is told while it is tried. */
  private Future<Void> told(Delivery next) {
    return PlaceText.isFor(next) ? outcomes.write(next).mapEmpty() : Future.succeededFuture();
  }

  private Future<Void> ended(VersionedEntity<Delivery> mine, Delivery next) {
    return outcomes
        .write(next)
        .compose(
            state ->
                state.isEmpty()
                    ? removed(mine)
                    : stores
                        .deliveries
                        .replace(next.id(), mine, next)
                        .compose(
                            stored ->
                                state.get() == AfterState.SENDING
                                    ? outcomes.write(next).<Void>mapEmpty()
                                    : Future.succeededFuture()));
  }

  /** Its execution was removed meanwhile, which leaves nobody to look at it. */
  private Future<Void> removed(VersionedEntity<Delivery> mine) {
    return stores
        .documents
        .apply(
            List.of(
                new DocumentWrite.Delete(
                    StoreCollections.DELIVERIES, mine.value().id(), mine.version())))
        .mapEmpty();
  }
}
