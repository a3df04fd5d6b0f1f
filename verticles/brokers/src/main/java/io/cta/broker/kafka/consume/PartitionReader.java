package io.cta.broker.kafka.consume;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A consumer of Kafka's as a {@link TopicReader} sees it. On the broker's context only. */
interface PartitionReader {
  /** Begins to bring the feed its partitions and their records. */
  Future<Void> open(TopicReader topicReader);

  /** Lets records of these partitions come, or not. */
  void flow(Set<TopicPartition> partitions, boolean on);

  Future<Void> commit(Map<TopicPartition, OffsetAndMetadata> offsets);

  Future<Void> close();
}
