package io.cta.broker.kafka;

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
 * wait until it is known what earlier readers have settled. Touched on the broker's context only.
 */
final class MemberTap implements Tap {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Context home;
  private final Clients clients;
  private final String queue;
  private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> opening = new HashMap<>();
  private KafkaReadStream<byte[], byte[]> stream;
  private Feed feed;
  private boolean closed;

  MemberTap(Context home, Clients clients, String queue) {
    this.home = home;
    this.clients = clients;
    this.queue = queue;
  }

  @Override
  public Future<Void> open(Feed feed) {
    this.feed = feed;
    return clients.member(queue).compose(this::opened);
  }

  private Future<Void> opened(KafkaReadStream<byte[], byte[]> made) {
    stream = made;
    if (closed) {
      return stream.close().compose(v -> Future.failedFuture(Failures.closed()));
    }
    stream.pollTimeout(POLL);
    stream.exceptionHandler(new PollFailures(home, stream, () -> !closed));
    stream.partitionsAssignedHandler(partitions -> partitions.forEach(this::assigned));
    stream.partitionsRevokedHandler(this::revoked);
    stream.batchHandler(this::records);
    return stream.subscribe(Set.of(queue));
  }

  @Override
  public void flow(Set<TopicPartition> partitions, boolean on) {
    if (!closed) {
      Future<Void> told = on ? stream.resume(partitions) : stream.pause(partitions);
      told.onFailure(Failures.ignored("a partition does not stop or go on"));
    }
  }

  @Override
  public Future<Void> commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    return closed ? Future.failedFuture(Failures.closed()) : stream.commit(offsets).mapEmpty();
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
                // unknown: what was settled ahead comes once more
                feed.assigned(partition, done.succeeded() ? done.result() : null);
                feed.records(partition, early);
              }
            });
  }

  private void revoked(Set<TopicPartition> partitions) {
    opening.keySet().removeAll(partitions);
    feed.revoked(partitions);
  }

  private void records(ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> early = opening.get(partition);
      if (early != null) {
        early.addAll(records.records(partition));
      } else {
        feed.records(partition, records.records(partition));
      }
    }
  }
}
