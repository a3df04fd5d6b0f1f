package io.cta.broker.kafka.consume;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The Kafka consumer that reads partitions for a {@link TopicReader}. On the broker's context only.
 */
interface PartitionReader {
  /** Begins to bring the reader its partitions and their records. */
  Future<Void> open(TopicReader topicReader);

  /** Resumes or pauses the records of these partitions. */
  void flow(Set<TopicPartition> partitions, boolean on);

  Future<Void> commit(Map<TopicPartition, OffsetAndMetadata> offsets);

  Future<Void> close();
}
