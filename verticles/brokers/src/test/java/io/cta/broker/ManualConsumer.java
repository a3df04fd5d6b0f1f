package io.cta.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A consumer whose test decides when, and how, each delivery is settled. */
public final class ManualConsumer implements DeliveryHandler {
  /** A delivery that waits to be settled. */
  public record Delivery(Buffer message, Promise<Void> outcome) {
    public String text() {
      return message.toString();
    }

    public void ack() {
      outcome.complete();
    }
  }

  private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();

  @Override
  public Future<Void> handle(Buffer message) {
    Delivery delivery = new Delivery(message, Promise.promise());
    // visible only once the broker listens to the outcome, so that an ack before a close counts
    Vertx.currentContext().runOnContext(v -> deliveries.add(delivery));
    return delivery.outcome().future();
  }

  public Delivery next() {
    try {
      Delivery next = deliveries.poll(30, TimeUnit.SECONDS);
      assertNotNull(next, "no delivery came");
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Takes {@code n} deliveries, settles none. */
  public List<Delivery> next(int n) {
    List<Delivery> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      all.add(next());
    }
    return all;
  }

  /** Takes one, which must be this, and acks it. */
  public void ack(String expected) {
    Delivery next = next();
    assertEquals(expected, next.text());
    next.ack();
  }

  /** Nothing more within a short while. */
  public void nothingMore() {
    try {
      assertNull(deliveries.poll(200, TimeUnit.MILLISECONDS), "a delivery came");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
