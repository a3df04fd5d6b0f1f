/**
 * Consumes from RabbitMQ: a channel for each subscription, settling, messages that are tried again
 * later or become dead letters, and a watchdog for consumers that the server forgot. Not
 * responsible for connections or for making queues.
 */
package io.cta.broker.rabbitmq.consume;
