package io.cta.broker;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * What CTA needs from a message broker. Every delivery is at least once; consumers are idempotent.
 * Order holds per queue and publisher while nothing is redelivered. Call from an event loop;
 * futures complete on the caller's context.
 */
public interface MessageBroker {
  /** Makes a queue; one that exists with the same spec is left as it is. */
  Future<Void> declare(String queue, QueueSpec spec);

  /**
   * Appends a message to a declared queue. Completes when the broker has confirmed it, see {@link
   * QueueSpec#confirm()}; fails when it has not, and then the message may or may not be there.
   */
  Future<Void> publish(String queue, Buffer message);

  /**
   * Delivers a queue's messages, at most {@code prefetch} unsettled at a time. The future that the
   * handler returns settles a delivery: success acks it, a {@link DeliveryRejected} moves it to
   * {@code cta.dead-letter} at once, any other failure puts it back, or moves it to the dead
   * letters after {@link QueueSpec#maxDeliveries()} tries. The subscription survives reconnects.
   */
  Future<QueueSubscription> subscribe(String queue, int prefetch, DeliveryHandler handler);

  /** Removes a queue and its messages; a queue that does not exist is no error. */
  Future<Void> delete(String queue);

  /** Whether the broker can be reached, and numbers about it. */
  Future<BrokerHealth> health();

  /** Ends every subscription, puts back unsettled messages, and closes the connections. */
  Future<Void> close();
}
