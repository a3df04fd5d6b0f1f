package io.cta.broker;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * Processes a message; the future it returns settles the delivery, see {@link
 * MessageBroker#subscribe}.
 */
@FunctionalInterface
public interface DeliveryHandler {
  Future<Void> handle(Buffer message);
}
