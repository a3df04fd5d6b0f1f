package io.cta.broker.kafka.consume;

import io.cta.broker.DeadLetter;
import io.cta.broker.kafka.publish.KafkaPublisher;
import io.cta.message.QueueNames;
import io.vertx.core.Future;
import java.time.Clock;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes messages that nobody can process to {@code cta.dead-letter}. On the broker's context
 * only.
 */
public final class DeadLetterPublisher {
  private final Clock clock;
  private static final Logger log = LoggerFactory.getLogger(DeadLetterPublisher.class);

  private final KafkaPublisher publisher;
  private long count;

  public DeadLetterPublisher(KafkaPublisher publisher, Clock clock) {
    this.clock = clock;
    this.publisher = publisher;
  }

  /** Completes when the dead letter is stored. */
  Future<Void> add(String queue, KafkaMessage message, String reason) {
    if (queue.equals(QueueNames.DEAD_LETTER)) {
      // its own reader could not process it: there is no other queue for it
      log.error("dead letter dropped [reason: {}, offset: {}]", reason, message.offset);
      return Future.succeededFuture();
    }
    byte[] deadLetter =
        DeadLetter.of(queue, reason, message.deliveries(), message.body(), clock.instant())
            .encode()
            .getBytes();
    return publisher
        .send(new ProducerRecord<>(QueueNames.DEAD_LETTER, 0, null, deadLetter))
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

  /** Dead letters of this process. */
  public long count() {
    return count;
  }
}
