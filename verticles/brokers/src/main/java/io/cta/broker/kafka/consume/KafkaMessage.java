package io.cta.broker.kafka.consume;

import io.cta.broker.handout.PendingDelivery;
import io.vertx.core.buffer.Buffer;

/** A record while this process is responsible for it. Touched on the broker's context only. */
public final class KafkaMessage extends PendingDelivery {
  final int partition;
  public final long offset;

  /** Done with for good. */
  boolean settled;

  /** Somebody else's business now: its partition, or the claim on it, is lost. */
  public boolean lost;

  public KafkaMessage(long position, int partition, long offset, Buffer body) {
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
