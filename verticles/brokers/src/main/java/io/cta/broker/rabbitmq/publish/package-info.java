/**
 * Publishes: a bounded buffer for each channel, confirmed one by one, sent again after a lost
 * connection.
 */
package io.cta.broker.rabbitmq.publish;
