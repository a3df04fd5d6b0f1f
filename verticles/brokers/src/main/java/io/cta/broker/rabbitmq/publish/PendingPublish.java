package io.cta.broker.rabbitmq.publish;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** A message on its way to the server. Broker's context only. */
public final class PendingPublish {
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
}
