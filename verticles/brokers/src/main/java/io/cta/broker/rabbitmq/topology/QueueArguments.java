package io.cta.broker.rabbitmq.topology;

import io.cta.broker.QueueSpec;
import io.cta.message.QueueNames;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** The arguments with which queues are declared. Pure. */
public final class QueueArguments {
  public static final String DEAD_LETTERS = QueueNames.DEAD_LETTER;
  public static final String DELAY = "cta.delay";
  static final String REQUEUE = "cta.requeue";

  /** Beyond this the oldest dead letters are dropped. */
  static final int MAX_DEAD_LETTERS = 10_000;

  /** A group queue that nobody consumes for so long is left over from a crash. */
  static final Duration GROUP_EXPIRY = Duration.ofHours(24);

  private static final long MAX_DELAYED = 100_000;

  /**
   * How many returns the server allows per try. It counts as returns what died with its consumer,
   * which is a try, and what a paused or cancelled consumer gave back, which is none; it cannot
   * tell them apart.
   */
  private static final long RETURNS_PER_TRY = 5;

  private QueueArguments() {}

  static JsonObject of(String queue, QueueSpec spec) {
    JsonObject arguments =
        quorum()
            .put("x-max-length", (long) spec.capacity())
            .put("x-overflow", "reject-publish")
            .put("x-delivery-limit", spec.maxDeliveries() * RETURNS_PER_TRY)
            .put("x-dead-letter-exchange", DEAD_LETTERS)
            .put("x-dead-letter-strategy", "at-least-once");
    if (QueueNames.executionOf(queue) != null) {
      arguments.put("x-expires", GROUP_EXPIRY.toMillis());
    }
    return arguments;
  }

  static JsonObject deadLetters() {
    return quorum()
        .put("x-max-length", (long) MAX_DEAD_LETTERS)
        .put("x-overflow", "drop-head")
        .put("x-delivery-limit", 1_000_000L);
  }

  /** For a queue that holds messages for a time and passes them on; it never loses one silently. */
  static JsonObject delay(long millis) {
    return quorum()
        .put("x-message-ttl", millis)
        .put("x-max-length", MAX_DELAYED)
        .put("x-overflow", "reject-publish")
        .put("x-dead-letter-exchange", REQUEUE)
        .put("x-dead-letter-strategy", "at-least-once");
  }

  private static JsonObject quorum() {
    return new JsonObject().put("x-queue-type", "quorum");
  }
}
