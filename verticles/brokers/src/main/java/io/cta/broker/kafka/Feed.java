package io.cta.broker.kafka;

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
final class Feed implements Source {
  private static final Logger log = LoggerFactory.getLogger(Feed.class);
  private static final long COMMIT_MILLIS = 50;
  private static final long RETRY_MILLIS = 500;
  private static final int LAST_TRIES = 5;

  private final Vertx vertx;
  private final LocalQueue queue;
  private final Tap tap;
  private final Purge purge;
  private final Map<TopicPartition, Window> windows = new HashMap<>();
  private final Set<TopicPartition> stopped = new HashSet<>();
  private final Set<TopicPartition> dirty = new HashSet<>();
  private long positions;
  private Future<Void> committing = Future.succeededFuture();
  private boolean planned;
  private boolean over;

  Feed(Vertx vertx, LocalQueue queue, Tap tap, Purge purge) {
    this.vertx = vertx;
    this.queue = queue;
    this.tap = tap;
    this.purge = purge;
  }

  @Override
  public Future<Void> start() {
    return tap.open(this);
  }

  /**
   * A partition is this process's to read.
   *
   * @param committed how far earlier readers came, or null
   */
  void assigned(TopicPartition partition, OffsetAndMetadata committed) {
    Window fresh =
        committed == null
            ? new Window(-1, Ahead.NONE)
            : new Window(committed.offset(), Ahead.decode(committed.metadata()));
    Window old = windows.put(partition, fresh);
    if (old != null) {
      withdraw(old);
    }
    stopped.remove(partition);
  }

  void revoked(Set<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      Window window = windows.remove(partition);
      stopped.remove(partition);
      dirty.remove(partition);
      if (window != null) {
        withdraw(window);
      }
    }
  }

  void records(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
    Window window = windows.get(partition);
    if (window == null || over) {
      return;
    }
    for (ConsumerRecord<byte[], byte[]> record : records) {
      byte[] bytes = record.value() == null ? new byte[0] : record.value();
      Message message =
          new Message(positions++, partition.partition(), record.offset(), Buffer.buffer(bytes));
      if (window.receive(message)) {
        queue.offer(message);
      } else {
        changed(partition);
      }
    }
    // has a look at room() once what can be handed out is
    queue.changed();
  }

  @Override
  public void done(Message message) {
    TopicPartition partition = new TopicPartition(queue.name(), message.partition);
    Window window = windows.get(partition);
    if (window != null && window.settle(message)) {
      changed(partition);
    }
  }

  @Override
  public void again(Message message, long delayMillis) {
    vertx.setTimer(delayMillis, id -> untouched(message));
  }

  @Override
  public void untouched(Message message) {
    if (!message.lost) {
      queue.offer(message);
    }
  }

  @Override
  public void room() {
    Set<TopicPartition> off = new HashSet<>();
    Set<TopicPartition> on = new HashSet<>();
    long bytes = windows.values().stream().mapToLong(Window::bytes).sum();
    for (Map.Entry<TopicPartition, Window> entry : windows.entrySet()) {
      boolean now = stopped.contains(entry.getKey());
      boolean full = Flow.full(now, queue, entry.getValue(), bytes);
      if (full != now) {
        (full ? off : on).add(entry.getKey());
      }
    }
    if (!off.isEmpty()) {
      stopped.addAll(off);
      tap.flow(off, false);
    }
    if (!on.isEmpty()) {
      stopped.removeAll(on);
      tap.flow(on, true);
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
    return tap.close();
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

  private void withdraw(Window window) {
    window.messages().forEach(queue::withdraw);
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
      Window window = windows.get(partition);
      if (window != null && window.position() >= 0) {
        offsets.put(partition, new OffsetAndMetadata(window.position(), window.settledAhead()));
      }
    }
    dirty.clear();
    if (offsets.isEmpty()) {
      return Future.succeededFuture();
    }
    committing = tap.commit(offsets).onComplete(done -> committed(offsets, done));
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
