package io.cta.broker.rabbitmq.consume;

import java.util.Map;

/**
 * A message as it came from the server.
 *
 * @param tag counts within its channel
 * @param key the queue it was sent to
 */
public record RabbitDelivery(long tag, String key, Map<String, Object> headers, byte[] body) {}
