package io.cta.broker.kafka;

import io.cta.broker.DeadLetter;
import io.cta.message.Queues;
import io.vertx.core.Future;
import java.time.Clock;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to the last stop of messages nobody can process. On the broker's context only. */
final class DeadLetters {
  private final Clock clock;
  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

  private final Publisher publisher;
  private long count;

  DeadLetters(Publisher publisher, Clock clock) {
    this.clock = clock;
    this.publisher = publisher;
  }

  /** Completes when the letter is safe. */
  Future<Void> add(String queue, Message message, String reason) {
    if (queue.equals(Queues.DEAD_LETTER)) {
      // its own reader cannot process it: nowhere is left for it
      log.error("dead letter dropped [reason: {}, offset: {}]", reason, message.offset);
      return Future.succeededFuture();
    }
    byte[] letter =
        DeadLetter.of(queue, reason, message.deliveries(), message.body(), clock.instant())
            .encode()
            .getBytes();
    return publisher
        .send(new ProducerRecord<>(Queues.DEAD_LETTER, 0, null, letter))
        .onSuccess(
            v -> {
              count++;
              log.warn(
                  "message dead-lettered [queue: {}, reason: {}, deliveries: {}, offset: {}]",
                  queue,
                  reason,
                  message.deliveries(),
                  message.offset);
            });
  }

  /** Letters of this process. */
  long count() {
    return count;
  }
}
