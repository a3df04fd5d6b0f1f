package io.cta.broker.rabbitmq;

import io.cta.broker.BrokerHealth;
import io.cta.broker.rabbitmq.connection.LinkState;
import io.cta.broker.rabbitmq.connection.ReconnectingConnection;
import io.cta.broker.rabbitmq.consume.FailedDeliveryRouter;
import io.cta.broker.rabbitmq.publish.PublishChannels;
import io.cta.broker.rabbitmq.topology.DeclaredQueues;

/** Says in one line how the broker stands. Broker's context only. */
record HealthReporter(
    LinkState linkState,
    ReconnectingConnection publishing,
    DeclaredQueues declaredQueues,
    ConsumerConnectionPool consumerConnectionPool,
    PublishChannels channels,
    FailedDeliveryRouter failedDeliveryRouter) {

  BrokerHealth now() {
    String blocked = publishing.blocked();
    String detail =
        linkState.text()
            + (blocked == null ? "" : ", which takes no messages for now: " + blocked)
            + ", "
            + declaredQueues.size()
            + " queues declared, "
            + consumerConnectionPool.subscriptions().size()
            + " subscriptions, "
            + channels.size()
            + " publishes under way, dead-lettered "
            + failedDeliveryRouter.deadLettered();
    boolean up = linkState.up() && blocked == null;
    return new BrokerHealth(up, detail, failedDeliveryRouter.deadLettered());
  }
}
