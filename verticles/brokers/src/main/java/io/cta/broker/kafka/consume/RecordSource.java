package io.cta.broker.kafka.consume;

import io.vertx.core.Future;

/** Where the messages of a {@link LocalQueue} come from. On the broker's context only. */
public interface RecordSource {
  /** Begins to bring messages. */
  Future<Void> start();

  /** A message was processed, or its dead letter is stored. */
  void done(KafkaMessage message);

  /** A message has failed and is to be tried again, not before the delay. */
  void retryLater(KafkaMessage message, long delayMillis);

  /** A message went back without being settled, and may be handed out again. */
  void returned(KafkaMessage message);

  /** The room for messages has become more or less. */
  void roomChanged();

  /** Brings no more messages, and commits what was done; completes when others can go on. */
  Future<Void> stop();

  /** The queue was deleted: brings no more messages, and there is nothing to commit. */
  Future<Void> drop();
}
