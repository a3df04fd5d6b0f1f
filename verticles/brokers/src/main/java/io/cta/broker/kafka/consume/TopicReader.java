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
 * Brings a queue the records of the partitions that this process alone reads, and commits what is
 * done. A failed message waits here for its next try while those behind it go on. Touched on the
 * broker's context only.
 */
public final class TopicReader implements RecordSource {
  private static final Logger log = LoggerFactory.getLogger(TopicReader.class);
  private static final long COMMIT_MILLIS = 50;
  private static final long RETRY_MILLIS = 500;
  private static final int FINAL_COMMIT_TRIES = 5;

  private final Vertx vertx;
  private final LocalQueue queue;
  private final PartitionReader partitionReader;
  private final RecordPurger purger;
  private final Map<TopicPartition, OffsetTracker> trackers = new HashMap<>();
  private final Set<TopicPartition> stopped = new HashSet<>();
  private final Set<TopicPartition> dirty = new HashSet<>();
  private long positions;
  private Future<Void> committing = Future.succeededFuture();
  private boolean commitPlanned;
  private boolean ended;

  public TopicReader(
      Vertx vertx, LocalQueue queue, PartitionReader partitionReader, RecordPurger purger) {
    this.vertx = vertx;
    this.queue = queue;
    this.partitionReader = partitionReader;
    this.purger = purger;
  }

  @Override
  public Future<Void> start() {
    return partitionReader.open(this);
  }

  /**
   * This process reads the partition from now on.
   *
   * @param committed how far earlier readers came, or null
   */
  void assigned(TopicPartition partition, OffsetAndMetadata committed) {
    OffsetTracker fresh =
        committed == null
            ? new OffsetTracker(-1, OutOfOrderOffsets.NONE)
            : new OffsetTracker(committed.offset(), OutOfOrderOffsets.decode(committed.metadata()));
    OffsetTracker old = trackers.put(partition, fresh);
    if (old != null) {
      withdraw(old);
    }
    stopped.remove(partition);
  }

  void revoked(Set<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      OffsetTracker offsetTracker = trackers.remove(partition);
      stopped.remove(partition);
      dirty.remove(partition);
      if (offsetTracker != null) {
        withdraw(offsetTracker);
      }
    }
  }

  void records(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
    OffsetTracker offsetTracker = trackers.get(partition);
    if (offsetTracker == null || ended) {
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
    // the queue calls roomChanged() after it has handed out what it can
    queue.changed();
  }

  @Override
  public void done(KafkaMessage message) {
    TopicPartition partition = new TopicPartition(queue.name(), message.partition);
    OffsetTracker offsetTracker = trackers.get(partition);
    if (offsetTracker != null && offsetTracker.settle(message)) {
      changed(partition);
    }
  }

  @Override
  public void retryLater(KafkaMessage message, long delayMillis) {
    vertx.setTimer(delayMillis, id -> returned(message));
  }

  @Override
  public void returned(KafkaMessage message) {
    if (!message.lost) {
      queue.offer(message);
    }
  }

  @Override
  public void roomChanged() {
    Set<TopicPartition> off = new HashSet<>();
    Set<TopicPartition> on = new HashSet<>();
    long bytes = trackers.values().stream().mapToLong(OffsetTracker::bytes).sum();
    for (Map.Entry<TopicPartition, OffsetTracker> entry : trackers.entrySet()) {
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
    ended = true;
    // closing would abort a commit that is under way
    return committing
        .transform(done -> commitFinally(FINAL_COMMIT_TRIES))
        .transform(done -> drop());
  }

  @Override
  public Future<Void> drop() {
    ended = true;
    trackers.values().forEach(this::withdraw);
    trackers.clear();
    return partitionReader.close();
  }

  /** Commits a last time; the next reader processes again what is not committed now. */
  private Future<Void> commitFinally(int tries) {
    return commit()
        .recover(
            e ->
                tries > 1
                    ? vertx.timer(RETRY_MILLIS).compose(v -> commitFinally(tries - 1))
                    : Future.failedFuture(e));
  }

  private void withdraw(OffsetTracker offsetTracker) {
    offsetTracker.messages().forEach(queue::withdraw);
  }

  private void changed(TopicPartition partition) {
    dirty.add(partition);
    planCommit(COMMIT_MILLIS);
  }

  private void planCommit(long millis) {
    if (!commitPlanned && !ended) {
      commitPlanned = true;
      vertx.setTimer(
          millis,
          id -> {
            commitPlanned = false;
            if (!ended && committing.isComplete()) {
              commit();
            }
          });
    }
  }

  private Future<Void> commit() {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : dirty) {
      OffsetTracker offsetTracker = trackers.get(partition);
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
      purger.processed(offsets);
    } else {
      log.debug("not committed yet [queue: {}]", queue.name(), done.cause());
      dirty.addAll(offsets.keySet());
    }
    if (!dirty.isEmpty()) {
      planCommit(done.succeeded() ? COMMIT_MILLIS : RETRY_MILLIS);
    }
  }
}
