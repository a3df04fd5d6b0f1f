package io.cta.broker.embedded;

import io.cta.broker.Answer;
import io.cta.broker.handout.Held;
import io.vertx.core.buffer.Buffer;

/** A message, and the publisher that waits for it. Touched on the broker's context only. */
final class Message extends Held {
  private final Answer<Void> waiting;

  /**
   * @param waiting the publisher that waits for the consumer, or null when it has its answer
   */
  Message(long position, Buffer body, Answer<Void> waiting) {
    super(position, body);
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
