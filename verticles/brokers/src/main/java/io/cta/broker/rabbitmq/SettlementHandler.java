package io.cta.broker.rabbitmq;

import io.cta.broker.DeliveryCounts;
import io.cta.broker.RedeliveryDecision;
import io.cta.broker.rabbitmq.consume.ConsumerChannel;
import io.cta.broker.rabbitmq.consume.DeliveryCountHeaders;
import io.cta.broker.rabbitmq.consume.RabbitDelivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles deliveries as their outcome asks for: acks them, or moves them elsewhere and then acks
 * them. Broker's context only.
 */
final class SettlementHandler {
  private static final Logger log = LoggerFactory.getLogger(SettlementHandler.class);
  private static final long RETRY_MILLIS = 1_000;

  private final RabbitBroker broker;
  private final String queue;

  SettlementHandler(RabbitBroker broker, String queue) {
    this.broker = broker;
    this.queue = queue;
  }

  void settle(ConsumerChannel from, RabbitDelivery message, Throwable failure) {
    if (from.ended()) {
      return;
    }
    DeliveryCounts before = DeliveryCountHeaders.read(message.headers());
    RedeliveryDecision decision =
        RedeliveryDecision.of(failure, before, broker.declared().maxDeliveries(queue));
    if (decision.kind() == RedeliveryDecision.Kind.DONE) {
      from.ack(message.tag());
    } else {
      broker.failedDeliveryRouter().report(queue, message, decision);
      move(from, message, decision);
    }
  }

  /** Acks only after the server has the message elsewhere. */
  private void move(ConsumerChannel from, RabbitDelivery message, RedeliveryDecision decision) {
    if (!from.ended()) {
      broker
          .failedDeliveryRouter()
          .move(queue, message, decision)
          .onSuccess(v -> from.ack(message.tag()))
          .onFailure(e -> notMoved(from, message, decision, e));
    }
  }

  private void notMoved(
      ConsumerChannel from, RabbitDelivery message, RedeliveryDecision decision, Throwable why) {
    if (!from.ended()) {
      log.warn("failed delivery not moved yet [queue: {}, reason: {}]", queue, why.getMessage());
      broker.context().later(RETRY_MILLIS, () -> move(from, message, decision));
    }
  }
}
