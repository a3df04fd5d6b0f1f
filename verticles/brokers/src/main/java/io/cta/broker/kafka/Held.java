package io.cta.broker.kafka;

import io.vertx.core.buffer.Buffer;

/** A message while this process is responsible for it. Touched on the broker's context only. */
final class Held {
  /** Its place among the messages of its queue that this process holds. */
  final long position;

  final int partition;
  final long offset;
  Buffer body;

  /** Times that it was handed to a handler, or taken by somebody who died with it. */
  int deliveries;

  int postponements;

  /** Done with for good. */
  boolean settled;

  /** Somebody else's business now: its partition, or the claim on it, is lost. */
  boolean lost;

  Held(long position, int partition, long offset, Buffer body) {
    this.position = position;
    this.partition = partition;
    this.offset = offset;
    this.body = body;
  }

  /** Settled for good; its bytes need not be kept until it can be committed. */
  void settle() {
    settled = true;
    body = null;
  }
}
