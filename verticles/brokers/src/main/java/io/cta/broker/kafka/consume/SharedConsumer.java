package io.cta.broker.kafka.consume;

import io.cta.broker.kafka.connection.KafkaFailures;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * One consumer for many queues that each have one partition, so that a gateway's thousand machines
 * cost one thread. Partitions are assigned, not subscribed: there is no group to join, so a reader
 * begins at once. Touched on the broker's context only.
 */
public final class SharedConsumer {
  private static final Duration POLL_TIMEOUT = Duration.ofMillis(50);

  private final Context brokerContext;
  private final Supplier<Future<KafkaReadStream<byte[], byte[]>>> factory;
  private final Map<TopicPartition, Sink> sinks = new HashMap<>();
  private final Set<TopicPartition> wanted = new HashSet<>();
  private Future<KafkaReadStream<byte[], byte[]>> opening;
  private boolean closed;

  /** Takes a partition's records. */
  public interface Sink {
    void records(List<ConsumerRecord<byte[], byte[]>> records);
  }

  public SharedConsumer(
      Context brokerContext, Supplier<Future<KafkaReadStream<byte[], byte[]>>> factory) {
    this.brokerContext = brokerContext;
    this.factory = factory;
  }

  /** The committed offset of a partition, or null. */
  Future<OffsetAndMetadata> committed(TopicPartition partition) {
    return stream().compose(stream -> stream.committed(partition));
  }

  /** Begins to read at the committed offset, or at the first record; then records come. */
  public Future<Void> attach(TopicPartition partition, Sink sink) {
    return stream()
        .compose(
            stream -> {
              wanted.add(partition);
              return assign(stream);
            })
        .map(
            v -> {
              if (wanted.contains(partition)) {
                sinks.put(partition, sink);
              }
              return null;
            });
  }

  public Future<Void> detach(TopicPartition partition) {
    sinks.remove(partition);
    return wanted.remove(partition) && !closed
        ? stream().compose(this::assign)
        : Future.succeededFuture();
  }

  void flow(Set<TopicPartition> partitions, boolean on) {
    Set<TopicPartition> attached = new HashSet<>(partitions);
    attached.retainAll(sinks.keySet());
    stream()
        .compose(stream -> on ? stream.resume(attached) : stream.pause(attached))
        .onFailure(KafkaFailures.ignored("a partition was not paused or resumed"));
  }

  Future<Void> commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    return stream().compose(stream -> stream.commit(offsets)).mapEmpty();
  }

  public Future<Void> close() {
    closed = true;
    sinks.clear();
    wanted.clear();
    return opening == null
        ? Future.succeededFuture()
        : opening.compose(KafkaReadStream::close).otherwiseEmpty();
  }

  private Future<KafkaReadStream<byte[], byte[]>> stream() {
    if (closed) {
      return Future.failedFuture(KafkaFailures.closed());
    }
    if (opening == null || opening.failed()) {
      opening = factory.get().map(this::opened);
    }
    return opening;
  }

  private KafkaReadStream<byte[], byte[]> opened(KafkaReadStream<byte[], byte[]> stream) {
    stream.pollTimeout(POLL_TIMEOUT);
    stream.exceptionHandler(new PollFailureHandler(brokerContext, stream, () -> !wanted.isEmpty()));
    stream.batchHandler(this::records);
    return stream;
  }

  private Future<Void> assign(KafkaReadStream<byte[], byte[]> stream) {
    if (wanted.isEmpty()) {
      // a consumer without partitions must not poll
      stream.pause();
    } else {
      stream.resume();
    }
    return stream.assign(Set.copyOf(wanted));
  }

  private void records(ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      Sink sink = sinks.get(partition);
      if (sink != null) {
        sink.records(records.records(partition));
      }
    }
  }
}
