package io.cta.broker.embedded;

import io.cta.broker.Answer;
import io.vertx.core.buffer.Buffer;

/** A message while a queue is responsible for it. Touched on the broker's context only. */
final class Held {
  final long position;
  final Buffer body;
  final Answer<Void> waiting;
  int deliveries;
  int postponements;

  /**
   * @param waiting the publisher that waits for the consumer, or null when it has its answer
   */
  Held(long position, Buffer body, Answer<Void> waiting) {
    this.position = position;
    this.body = body;
    this.waiting = waiting;
  }

  void confirm() {
    if (waiting != null) {
      waiting.succeed(null);
    }
  }

  void fail(RuntimeException why) {
    if (waiting != null) {
      waiting.fail(why);
    }
  }
}
