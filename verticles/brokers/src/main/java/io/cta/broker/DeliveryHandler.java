package io.cta.broker;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Takes deliveries; the future it returns settles each, see {@link MessageBroker#subscribe}. */
@FunctionalInterface
public interface DeliveryHandler {
  Future<Void> handle(Buffer message);
}
