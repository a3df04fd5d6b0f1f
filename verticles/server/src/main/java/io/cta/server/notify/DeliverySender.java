package io.cta.server.notify;

import io.cta.domain.Delivery;
import io.cta.error.FailureLogLimiter;
import io.cta.server.store.DocumentFilter;
import io.cta.server.store.DocumentQuery;
import io.cta.server.store.StoreCollections;
import io.cta.server.store.StoreRepositories;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Attempts deliveries when they are due. Those in memory are due by this server's ticker; the times
 * in the store are for people and for a server that starts. Event loop of its verticle only.
 */
final class DeliverySender {
  private static final Logger log = LoggerFactory.getLogger(DeliverySender.class);
  private static final int MAX_KNOWN = 20_000;
  private static final int MAX_BUSY = 64;
  private static final int MAX_PER_CHANNEL = 4;
  private static final int PAGE = 500;

  /** Nothing that is read from the store waits longer, whatever the wall clock says. */
  private static final Duration MAX_WAIT = RetryAfterHeader.MAX;

  /** Pause after an attempt that the store made fail. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final StoreRepositories stores;
  private final DeliveryAttempter attempter;
  private final TimeSource time;
  private final DeliveryQueue queue = new DeliveryQueue(MAX_KNOWN, MAX_BUSY, MAX_PER_CHANNEL);
  private final FailureLogLimiter failures = new FailureLogLimiter("the storing of deliveries");

  /** Where the sweep goes on; null for the beginning. */
  private String place;

  DeliverySender(StoreRepositories stores, DeliveryAttempter attempter, TimeSource time) {
    this.stores = stores;
    this.attempter = attempter;
    this.time = time;
  }

  /** Attempts a delivery that was stored just now. */
  void add(String deliveryId, String channelId) {
    queue.add(deliveryId, channelId, Duration.ZERO, time.nanos());
    tick();
  }

  /** Reads one that was stored just now, and attempts it. */
  Future<Void> add(String deliveryId) {
    return stores
        .deliveries
        .find(deliveryId)
        .map(
            found -> {
              found.ifPresent(delivery -> add(deliveryId, delivery.value().channelId()));
              return null;
            });
  }

  /** Begins the attempts that are due. */
  void tick() {
    queue.takeDue(time.nanos()).forEach(this::attempt);
  }

  private void attempt(String id) {
    attempter
        .attempt(id)
        .onComplete(
            next -> {
              failures.succeeded();
              next.ifPresentOrElse(
                  wait -> queue.again(id, wait, time.nanos()), () -> queue.over(id));
              tick();
            },
            e -> {
              failures.failed(e);
              queue.again(id, AGAIN, time.nanos());
            });
  }

  /** Takes in all that wait in the store, as far as there is room. */
  Future<Void> load() {
    return sweep().compose(v -> place == null ? Future.succeededFuture() : load());
  }

  /** Takes in the next page of those that wait in the store; the last is followed by the first. */
  Future<Void> sweep() {
    if (queue.isFull()) {
      log.warn("too many deliveries wait, the others stay in the store [known: {}]", queue.size());
      place = null;
      return Future.succeededFuture();
    }
    DocumentQuery waiting =
        DocumentQuery.of(
                StoreCollections.DELIVERIES,
                DocumentFilter.ALL.and("nextAt", DocumentFilter.Op.EXISTS),
                PAGE)
            .sortedBy("nextAt", false)
            .omitting("body", "attempts")
            .after(place);
    return stores
        .deliveries
        .find(waiting)
        .map(
            page -> {
              place = page.next();
              List<Delivery> found = page.items().stream().map(item -> item.value()).toList();
              found.forEach(this::takeIn);
              return null;
            });
  }

  private void takeIn(Delivery delivery) {
    queue.add(delivery.id(), delivery.channelId(), wait(delivery, time.now()), time.nanos());
  }

  /** A claim is looked at now: who holds it may be gone. */
  private static Duration wait(Delivery delivery, Instant now) {
    Duration left = Duration.between(now, delivery.nextAt());
    if (delivery.claimedBy() != null || left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : left;
  }
}
