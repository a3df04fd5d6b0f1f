/**
 * Connects to Kafka: settings, clients, whether Kafka answers, and the topics that queues need. Not
 * responsible for sending or reading messages.
 */
package io.cta.broker.kafka.connection;
