package io.cta.broker.kafka;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A consumer of Kafka's as a {@link Feed} sees it. On the broker's context only. */
interface Tap {
  /** Begins to bring the feed its partitions and their records. */
  Future<Void> open(Feed feed);

  /** Lets records of these partitions come, or not. */
  void flow(Set<TopicPartition> partitions, boolean on);

  Future<Void> commit(Map<TopicPartition, OffsetAndMetadata> offsets);

  Future<Void> close();
}
