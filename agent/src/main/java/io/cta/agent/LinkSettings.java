package io.cta.agent;

import io.cta.broker.kafka.connection.KafkaSettings;
import io.cta.broker.rabbitmq.connection.RabbitSettings;

/** The checked settings of the link between agent and server. */
sealed interface LinkSettings {
  /** The server's own gateway. */
  record WebSocket() implements LinkSettings {
    @Override
    public String toString() {
      return "websocket";
    }
  }

  /** A direct connection to the server's RabbitMQ. */
  record RabbitMq(RabbitSettings broker) implements LinkSettings {
    @Override
    public String toString() {
      return "rabbitmq";
    }
  }

  /** A direct connection to the server's Kafka. */
  record Kafka(KafkaSettings broker) implements LinkSettings {
    @Override
    public String toString() {
      return "kafka";
    }
  }
}
