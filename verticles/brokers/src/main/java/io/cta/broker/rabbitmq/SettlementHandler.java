package io.cta.broker.rabbitmq;

import io.cta.broker.DeliveryCounts;
import io.cta.broker.RedeliveryDecision;
import io.cta.broker.rabbitmq.consume.ConsumerChannel;
import io.cta.broker.rabbitmq.consume.DeliveryCountHeaders;
import io.cta.broker.rabbitmq.consume.RabbitDelivery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does for a subscription what the outcome of a delivery asks for. Home only. */
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
    if (from.over()) {
      return;
    }
    DeliveryCounts before = DeliveryCountHeaders.read(message.headers());
    RedeliveryDecision redeliveryDecision =
        RedeliveryDecision.of(failure, before, broker.declared().maxDeliveries(queue));
    if (redeliveryDecision.kind() == RedeliveryDecision.Kind.DONE) {
      from.ack(message.tag());
    } else {
      broker.putAway().tell(queue, message, redeliveryDecision);
      move(from, message, redeliveryDecision);
    }
  }

  /** Acks only after the server has it elsewhere. */
  private void move(
      ConsumerChannel from, RabbitDelivery message, RedeliveryDecision redeliveryDecision) {
    if (!from.over()) {
      broker
          .putAway()
          .move(queue, message, redeliveryDecision)
          .onSuccess(v -> from.ack(message.tag()))
          .onFailure(e -> notMoved(from, message, redeliveryDecision, e));
    }
  }

  private void notMoved(
      ConsumerChannel from,
      RabbitDelivery message,
      RedeliveryDecision redeliveryDecision,
      Throwable why) {
    if (!from.over()) {
      log.warn("not put away yet [queue: {}, reason: {}]", queue, why.getMessage());
      broker.later(RETRY_MILLIS, () -> move(from, message, redeliveryDecision));
    }
  }
}
