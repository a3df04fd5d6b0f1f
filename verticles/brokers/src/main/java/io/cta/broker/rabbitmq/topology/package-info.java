/** Declares and removes queues and exchanges, and makes them again after a lost connection. */
package io.cta.broker.rabbitmq.topology;
