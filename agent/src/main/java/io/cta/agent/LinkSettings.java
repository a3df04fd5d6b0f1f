package io.cta.agent;

import io.cta.broker.kafka.connection.KafkaSettings;
import io.cta.broker.rabbitmq.connection.RabbitSettings;

/** Over what the agent hears from its server and speaks to it, checked. */
sealed interface LinkSettings {
  /** The server's own gateway. */
  record WebSocket() implements LinkSettings {
    @Override
    public String toString() {
      return "websocket";
    }
  }

  /** The server's broker, without the server between. */
  record RabbitMq(RabbitSettings broker) implements LinkSettings {
    @Override
    public String toString() {
      return "rabbitmq";
    }
  }

  /** The server's broker, without the server between. */
  record Kafka(KafkaSettings broker) implements LinkSettings {
    @Override
    public String toString() {
      return "kafka";
    }
  }
}
