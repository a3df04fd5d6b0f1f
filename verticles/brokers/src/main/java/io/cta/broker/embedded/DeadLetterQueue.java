package io.cta.broker.embedded;

import io.cta.broker.DeadLetter;
import io.cta.broker.QueueSpec;
import io.cta.message.QueueNames;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of messages that nobody can process. Bounded: when it is full the oldest are dropped
 * and counted; each was logged when it came. Touched on the broker's context only.
 */
final class DeadLetterQueue {
  private final Clock clock;
  static final QueueSpec SPEC = new QueueSpec(QueueSpec.Confirm.STORED, Integer.MAX_VALUE, 10_000);

  private static final Logger log = LoggerFactory.getLogger(DeadLetterQueue.class);
  private static final long MAX_BYTES = 32L << 20;

  private final EmbeddedQueue queue;
  private long count;
  private long forgotten;

  DeadLetterQueue(EmbeddedQueue queue, Clock clock) {
    this.clock = clock;
    this.queue = queue;
  }

  void add(String from, EmbeddedMessage message, String reason) {
    count++;
    log.warn(
        "message dead-lettered [queue: {}, reason: {}, deliveries: {}, bytes: {}]",
        from,
        reason,
        message.deliveries(),
        message.body().length());
    Buffer deadLetter =
        DeadLetter.of(from, reason, message.deliveries(), message.body(), clock.instant()).encode();
    while (queue.size() > 0 && (queue.full() || queue.bytes() + deadLetter.length() > MAX_BYTES)) {
      if (!queue.dropOldest()) {
        break;
      }
      forgotten++;
    }
    queue.add(deadLetter, null);
  }

  long count() {
    return count;
  }

  String describe() {
    return "dead-lettered "
        + count
        + ", of these held "
        + queue.size()
        + ", forgotten "
        + forgotten;
  }

  /** Drops a dead letter that its own reader could not process: there is no other queue for it. */
  static void drop(String from, EmbeddedMessage message, String reason) {
    log.error("dead letter dropped [reason: {}, bytes: {}]", reason, message.body().length());
  }

  static boolean is(String queue) {
    return QueueNames.DEAD_LETTER.equals(queue);
  }
}
