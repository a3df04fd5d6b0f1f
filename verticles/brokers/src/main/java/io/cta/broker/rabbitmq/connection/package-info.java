/**
 * Settings and connections: opens them on a worker, watches them, opens them again, and brings what
 * the client calls back to the broker's own context.
 */
package io.cta.broker.rabbitmq.connection;
