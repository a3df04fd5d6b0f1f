package io.cta.broker.kafka.consume;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Reads the one partition of a machine's queue with a consumer that many such queues share. */
public final class MachineQueueReader implements PartitionReader {
  private final SharedConsumer consumer;
  private final TopicPartition partition;

  public MachineQueueReader(SharedConsumer consumer, String queue) {
    this.consumer = consumer;
    this.partition = new TopicPartition(queue, 0);
  }

  @Override
  public Future<Void> open(TopicReader topicReader) {
    return consumer
        .committed(partition)
        .compose(
            committed -> {
              topicReader.assigned(partition, committed);
              return consumer.attach(partition, records -> topicReader.records(partition, records));
            });
  }

  @Override
  public void flow(Set<TopicPartition> partitions, boolean on) {
    consumer.flow(partitions, on);
  }

  @Override
  public Future<Void> commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    return consumer.commit(offsets);
  }

  @Override
  public Future<Void> close() {
    return consumer.detach(partition);
  }
}
