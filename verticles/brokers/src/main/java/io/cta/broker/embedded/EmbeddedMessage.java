package io.cta.broker.embedded;

import io.cta.broker.CallerPromise;
import io.cta.broker.handout.PendingDelivery;
import io.vertx.core.buffer.Buffer;

/**
 * A message of an embedded queue, and the publisher that waits until it is consumed. Touched on the
 * broker's context only.
 */
final class EmbeddedMessage extends PendingDelivery {
  private final CallerPromise<Void> waiting;

  /**
   * @param waiting the publisher that waits for the consumer, or null when it was answered already
   */
  EmbeddedMessage(long position, Buffer body, CallerPromise<Void> waiting) {
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
