package io.cta.broker.rabbitmq;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** A message on its way to the server. Home only. */
final class Publish {
  final String exchange;
  final String key;
  final Map<String, Object> headers;
  final Buffer body;
  final Promise<Void> promise = Promise.promise();

  /** What the server said when it gave the message back because no queue takes it. */
  String returned;

  /** When it was last sent. */
  long sentAt;

  Publish(String exchange, String key, Map<String, Object> headers, Buffer body) {
    this.exchange = exchange;
    this.key = key;
    this.headers = headers;
    this.body = body;
  }

  static Publish toQueue(String queue, Buffer body) {
    return new Publish("", queue, Map.of(), body);
  }
}
