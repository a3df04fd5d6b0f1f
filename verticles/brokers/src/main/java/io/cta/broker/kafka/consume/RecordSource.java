package io.cta.broker.kafka.consume;

import io.vertx.core.Future;

/** Where the messages of a {@link LocalQueue} come from. On the broker's context only. */
public interface RecordSource {
  /** Begins to bring messages. */
  Future<Void> start();

  /** A message was processed, or is safe with the dead letters. */
  void done(KafkaMessage message);

  /** A message has failed and is to be tried again, not before so many milliseconds. */
  void again(KafkaMessage message, long delayMillis);

  /** A message that was handed out, or waited for that, is free again. */
  void untouched(KafkaMessage message);

  /** There is room for more messages, or less than before. */
  void room();

  /** Brings no more, and keeps what was done; completes when others can go on. */
  Future<Void> stop();

  /** The queue is no more: there is nothing to keep. */
  Future<Void> drop();
}
