package io.cta.broker.kafka.consume;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** The one partition of a machine's queue, read by a consumer that many such queues share. */
public final class MachineQueueReader implements PartitionReader {
  private final SharedConsumer reader;
  private final TopicPartition partition;

  public MachineQueueReader(SharedConsumer reader, String queue) {
    this.reader = reader;
    this.partition = new TopicPartition(queue, 0);
  }

  @Override
  public Future<Void> open(TopicReader topicReader) {
    return reader
        .committed(partition)
        .compose(
            committed -> {
              topicReader.assigned(partition, committed);
              return reader.attach(partition, records -> topicReader.records(partition, records));
            });
  }

  @Override
  public void flow(Set<TopicPartition> partitions, boolean on) {
    reader.flow(partitions, on);
  }

  @Override
  public Future<Void> commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    return reader.commit(offsets);
  }

  @Override
  public Future<Void> close() {
    return reader.detach(partition);
  }
}
