package io.cta.broker.rabbitmq.consume;

import java.util.Map;

/**
 * A message as the server delivered it.
 *
 * @param tag number of the delivery within its channel
 * @param key the queue it was sent to
 */
public record RabbitDelivery(long tag, String key, Map<String, Object> headers, byte[] body) {}
