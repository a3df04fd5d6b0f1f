package io.cta.broker.rabbitmq.publish;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Map;

/** A message on its way to the server. Broker's context only. */
public final class PendingPublish {
  private static final int PERSISTENT = 2;

  final String exchange;
  final String key;
  final Map<String, Object> headers;
  final Buffer body;
  final Promise<Void> promise = Promise.promise();

  /** Why the server returned the message; it does when no queue takes it. */
  String returned;

  /** When it was last sent, in nanoseconds. */
  long sentAt;

  public PendingPublish(String exchange, String key, Map<String, Object> headers, Buffer body) {
    this.exchange = exchange;
    this.key = key;
    this.headers = headers;
    this.body = body;
  }

  public static PendingPublish toQueue(String queue, Buffer body) {
    return new PendingPublish("", queue, Map.of(), body);
  }

  /**
   * Sends it, to be returned if no queue takes it. Called on a worker.
   *
   * @param number what the channel counts it as; it comes back with what is returned
   */
  void send(Channel on, long number) throws IOException {
    AMQP.BasicProperties properties =
        new AMQP.BasicProperties.Builder()
            .deliveryMode(PERSISTENT)
            .correlationId(Long.toString(number))
            .headers(headers)
            .build();
    on.basicPublish(exchange, key, true, properties, body.getBytes());
  }
}
