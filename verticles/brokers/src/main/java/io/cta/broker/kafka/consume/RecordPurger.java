package io.cta.broker.kafka.consume;

import io.cta.broker.kafka.connection.KafkaFailures;
import io.cta.broker.kafka.connection.TopicAdmin;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Deletes processed records; Kafka would keep them for ever. Of several servers each deletes what
 * it has committed itself. Touched on the broker's context only.
 */
public final class RecordPurger {
  private static final long INTERVAL_MILLIS = 10_000;

  private final Vertx vertx;
  private final TopicAdmin topics;
  private final Map<TopicPartition, Long> next = new HashMap<>();
  private long timer = -1;

  public RecordPurger(Vertx vertx, TopicAdmin topics) {
    this.vertx = vertx;
    this.topics = topics;
  }

  void processed(Map<TopicPartition, OffsetAndMetadata> committed) {
    committed.forEach((partition, offset) -> processed(partition, offset.offset()));
  }

  /** All records before the offset were processed. */
  public void processed(TopicPartition partition, long offset) {
    if (offset > 0) {
      next.put(partition, offset);
    }
    if (timer < 0 && !next.isEmpty()) {
      timer = vertx.setTimer(INTERVAL_MILLIS, id -> run());
    }
  }

  public void forget(String queue) {
    next.keySet().removeIf(partition -> partition.topic().equals(queue));
  }

  public void close() {
    vertx.cancelTimer(timer);
    next.clear();
  }

  private void run() {
    timer = -1;
    Map<TopicPartition, Long> now = Map.copyOf(next);
    next.clear();
    // the next deletion, up to a higher offset, covers what fails now
    topics.truncate(now).onFailure(KafkaFailures.ignored("processed records not removed yet"));
  }
}
