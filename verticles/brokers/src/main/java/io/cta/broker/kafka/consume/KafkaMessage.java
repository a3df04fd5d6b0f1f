package io.cta.broker.kafka.consume;

import io.cta.broker.handout.PendingDelivery;
import io.vertx.core.buffer.Buffer;

/** A record that this process is responsible for. Touched on the broker's context only. */
public final class KafkaMessage extends PendingDelivery {
  final int partition;
  public final long offset;

  /** Settled for good. */
  boolean settled;

  /**
   * True when another process is responsible for it: its partition, or the claim on it, is lost.
   */
  public boolean lost;

  public KafkaMessage(long position, int partition, long offset, Buffer body) {
    super(position, body);
    this.partition = partition;
    this.offset = offset;
  }

  /** Settles it for good. It stays until it can be committed, without its bytes. */
  void settle() {
    settled = true;
    forget();
  }
}
