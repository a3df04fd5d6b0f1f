/**
 * Connects to RabbitMQ: settings, connections that workers open and that are opened again when
 * lost, and the client's callbacks, which are passed to the broker's own context. Not responsible
 * for channels, queues or messages.
 */
package io.cta.broker.rabbitmq.connection;
