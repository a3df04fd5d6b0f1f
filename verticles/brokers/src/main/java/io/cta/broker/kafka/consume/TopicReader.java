package io.cta.broker.kafka.consume;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a queue the partitions that this process reads for itself, and commits what is done. A
 * message that failed waits here for its next try while those behind it go on. Touched on the
 * broker's context only.
 */
public final class TopicReader implements RecordSource {
  private static final Logger log = LoggerFactory.getLogger(TopicReader.class);
  private static final long COMMIT_MILLIS = 50;
  private static final long RETRY_MILLIS = 500;
  private static final int LAST_TRIES = 5;

  private final Vertx vertx;
  private final LocalQueue queue;
  private final PartitionReader partitionReader;
  private final RecordPurger purge;
  private final Map<TopicPartition, OffsetTracker> windows = new HashMap<>();
  private final Set<TopicPartition> stopped = new HashSet<>();
  private final Set<TopicPartition> dirty = new HashSet<>();
  private long positions;
  private Future<Void> committing = Future.succeededFuture();
  private boolean planned;
  private boolean over;

  public TopicReader(
      Vertx vertx, LocalQueue queue, PartitionReader partitionReader, RecordPurger purge) {
    this.vertx = vertx;
    this.queue = queue;
    this.partitionReader = partitionReader;
    this.purge = purge;
  }

  @Override
  public Future<Void> start() {
    return partitionReader.open(this);
  }

  /**
   * A partition is this process's to read.
   *
   * @param committed how far earlier readers came, or null
   */
  void assigned(TopicPartition partition, OffsetAndMetadata committed) {
    OffsetTracker fresh =
        committed == null
            ? new OffsetTracker(-1, OutOfOrderOffsets.NONE)
            : new OffsetTracker(committed.offset(), OutOfOrderOffsets.decode(committed.metadata()));
    OffsetTracker old = windows.put(partition, fresh);
    if (old != null) {
      withdraw(old);
    }
    stopped.remove(partition);
  }

  void revoked(Set<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      OffsetTracker offsetTracker = windows.remove(partition);
      stopped.remove(partition);
      dirty.remove(partition);
      if (offsetTracker != null) {
        withdraw(offsetTracker);
      }
    }
  }

  void records(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
    OffsetTracker offsetTracker = windows.get(partition);
    if (offsetTracker == null || over) {
      return;
    }
    for (ConsumerRecord<byte[], byte[]> record : records) {
      byte[] bytes = record.value() == null ? new byte[0] : record.value();
      KafkaMessage message =
          new KafkaMessage(
              positions++, partition.partition(), record.offset(), Buffer.buffer(bytes));
      if (offsetTracker.receive(message)) {
        queue.offer(message);
      } else {
        changed(partition);
      }
    }
    // has a look at room() once what can be handed out is
    queue.changed();
  }

  @Override
  public void done(KafkaMessage message) {
    TopicPartition partition = new TopicPartition(queue.name(), message.partition);
    OffsetTracker offsetTracker = windows.get(partition);
    if (offsetTracker != null && offsetTracker.settle(message)) {
      changed(partition);
    }
  }

  @Override
  public void again(KafkaMessage message, long delayMillis) {
    vertx.setTimer(delayMillis, id -> untouched(message));
  }

  @Override
  public void untouched(KafkaMessage message) {
    if (!message.lost) {
      queue.offer(message);
    }
  }

  @Override
  public void room() {
    Set<TopicPartition> off = new HashSet<>();
    Set<TopicPartition> on = new HashSet<>();
    long bytes = windows.values().stream().mapToLong(OffsetTracker::bytes).sum();
    for (Map.Entry<TopicPartition, OffsetTracker> entry : windows.entrySet()) {
      boolean now = stopped.contains(entry.getKey());
      boolean full = BackpressureRules.full(now, queue, entry.getValue(), bytes);
      if (full != now) {
        (full ? off : on).add(entry.getKey());
      }
    }
    if (!off.isEmpty()) {
      stopped.addAll(off);
      partitionReader.flow(off, false);
    }
    if (!on.isEmpty()) {
      stopped.removeAll(on);
      partitionReader.flow(on, true);
    }
  }

  @Override
  public Future<Void> stop() {
    over = true;
    // closing would break off a commit that is under way
    return committing.transform(done -> last(LAST_TRIES)).transform(done -> drop());
  }

  @Override
  public Future<Void> drop() {
    over = true;
    windows.values().forEach(this::withdraw);
    windows.clear();
    return partitionReader.close();
  }

  /** What is not committed now is processed again by whoever reads next. */
  private Future<Void> last(int tries) {
    return commit()
        .recover(
            e ->
                tries > 1
                    ? vertx.timer(RETRY_MILLIS).compose(v -> last(tries - 1))
                    : Future.failedFuture(e));
  }

  private void withdraw(OffsetTracker offsetTracker) {
    offsetTracker.messages().forEach(queue::withdraw);
  }

  private void changed(TopicPartition partition) {
    dirty.add(partition);
    plan(COMMIT_MILLIS);
  }

  private void plan(long millis) {
    if (!planned && !over) {
      planned = true;
      vertx.setTimer(
          millis,
          id -> {
            planned = false;
            if (!over && committing.isComplete()) {
              commit();
            }
          });
    }
  }

  private Future<Void> commit() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : dirty) {
      OffsetTracker offsetTracker = windows.get(partition);
      if (offsetTracker != null && offsetTracker.position() >= 0) {
        offsets.put(
            partition,
            new OffsetAndMetadata(offsetTracker.position(), offsetTracker.settledAhead()));
      }
    }
    dirty.clear();
    if (offsets.isEmpty()) {
      return Future.succeededFuture();
    }
    committing = partitionReader.commit(offsets).onComplete(done -> committed(offsets, done));
    return committing;
  }

  private void committed(Map<TopicPartition, OffsetAndMetadata> offsets, AsyncResult<Void> done) {
    if (done.succeeded()) {
      purge.processed(offsets);
    } else {
      log.debug("not committed yet [queue: {}]", queue.name(), done.cause());
      dirty.addAll(offsets.keySet());
    }
    if (!dirty.isEmpty()) {
      plan(done.succeeded() ? COMMIT_MILLIS : RETRY_MILLIS);
    }
  }
}
