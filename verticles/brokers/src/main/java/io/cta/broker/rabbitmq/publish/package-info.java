/**
 * Publishes to RabbitMQ: a bounded buffer for each channel, each message confirmed, and sent again
 * after a lost connection. Not responsible for making queues.
 */
package io.cta.broker.rabbitmq.publish;
