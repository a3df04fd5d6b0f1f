/**
 * Receives: a channel for each subscription, settled deliveries, messages that are tried again
 * later or become dead letters, and a watch for consumers that the server forgot.
 */
package io.cta.broker.rabbitmq.consume;
