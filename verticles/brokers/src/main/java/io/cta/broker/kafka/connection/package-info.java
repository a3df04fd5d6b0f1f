/**
 * Settings, clients and topics: how Kafka is reached, whether it is there, and which topics a queue
 * needs.
 */
package io.cta.broker.kafka.connection;
