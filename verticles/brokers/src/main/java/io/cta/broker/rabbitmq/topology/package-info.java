/**
 * Declares and removes queues and exchanges, and makes them again when they are missing. Not
 * responsible for the messages in them.
 */
package io.cta.broker.rabbitmq.topology;
