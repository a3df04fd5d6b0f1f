package io.cta.broker.kafka.consume;

import io.cta.broker.kafka.connection.KafkaClientFactory;
import io.cta.broker.kafka.connection.KafkaFailures;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A member of the consumer group that shares out a queue's partitions. Records of a new partition
 * wait here until the offsets that earlier readers settled are known. Touched on the broker's
 * context only.
 */
public final class GroupMemberReader implements PartitionReader {
  private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);

  private final Context brokerContext;
  private final KafkaClientFactory kafkaClientFactory;
  private final String queue;
  private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> opening = new HashMap<>();
  private KafkaReadStream<byte[], byte[]> stream;
  private TopicReader topicReader;
  private boolean closed;

  public GroupMemberReader(
      Context brokerContext, KafkaClientFactory kafkaClientFactory, String queue) {
    this.brokerContext = brokerContext;
    this.kafkaClientFactory = kafkaClientFactory;
    this.queue = queue;
  }

  @Override
  public Future<Void> open(TopicReader topicReader) {
    this.topicReader = topicReader;
    return kafkaClientFactory.member(queue).compose(this::opened);
  }

  private Future<Void> opened(KafkaReadStream<byte[], byte[]> created) {
    stream = created;
    if (closed) {
      return stream.close().compose(v -> Future.failedFuture(KafkaFailures.closed()));
    }
    stream.pollTimeout(POLL_TIMEOUT);
    stream.exceptionHandler(new PollFailureHandler(brokerContext, stream, () -> !closed));
    stream.partitionsAssignedHandler(partitions -> partitions.forEach(this::assigned));
    stream.partitionsRevokedHandler(this::revoked);
    stream.batchHandler(this::records);
    return stream.subscribe(Set.of(queue));
  }

  @Override
  public void flow(Set<TopicPartition> partitions, boolean on) {
    if (!closed) {
      Future<Void> switched = on ? stream.resume(partitions) : stream.pause(partitions);
      switched.onFailure(KafkaFailures.ignored("a partition was not paused or resumed"));
    }
  }

  @Override
  public Future<Void> commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    return closed ? Future.failedFuture(KafkaFailures.closed()) : stream.commit(offsets).mapEmpty();
  }

  @Override
  public Future<Void> close() {
    if (closed || stream == null) {
      closed = true;
      return Future.succeededFuture();
    }
    closed = true;
    return stream.close();
  }

  private void assigned(TopicPartition partition) {
    List<ConsumerRecord<byte[], byte[]>> early = new ArrayList<>();
    opening.put(partition, early);
    if (closed) {
      return;
    }
    stream
        .committed(partition)
        .onComplete(
            done -> {
              // only if it was not revoked, or revoked and assigned again, meanwhile
              if (opening.get(partition) == early) {
                opening.remove(partition);
                // without the commit, messages that were settled out of order come once more
                topicReader.assigned(partition, done.succeeded() ? done.result() : null);
                topicReader.records(partition, early);
              }
            });
  }

  private void revoked(Set<TopicPartition> partitions) {
    opening.keySet().removeAll(partitions);
    topicReader.revoked(partitions);
  }

  private void records(ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> early = opening.get(partition);
      if (early != null) {
        early.addAll(records.records(partition));
      } else {
        topicReader.records(partition, records.records(partition));
      }
    }
  }
}
