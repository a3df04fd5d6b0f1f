package io.cta.broker.kafka;

import io.cta.broker.handout.Held;
import io.vertx.core.buffer.Buffer;

/** A record while this process is responsible for it. Touched on the broker's context only. */
final class Message extends Held {
  final int partition;
  final long offset;

  /** Done with for good. */
  boolean settled;

  /** Somebody else's business now: its partition, or the claim on it, is lost. */
  boolean lost;

  Message(long position, int partition, long offset, Buffer body) {
    super(position, body);
    this.partition = partition;
    this.offset = offset;
  }

  /** Settled for good; its bytes need not be kept until it can be committed. */
  void settle() {
    settled = true;
    forget();
  }
}
