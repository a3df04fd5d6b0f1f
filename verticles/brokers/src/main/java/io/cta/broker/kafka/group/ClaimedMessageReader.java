package io.cta.broker.kafka.group;

import io.cta.broker.kafka.connection.LinkWatch;
import io.cta.broker.kafka.consume.KafkaMessage;
import io.cta.broker.kafka.consume.LocalQueue;
import io.cta.broker.kafka.consume.RecordPurger;
import io.cta.broker.kafka.consume.RecordSource;
import io.cta.broker.kafka.consume.SharedConsumer;
import io.cta.broker.kafka.publish.KafkaPublisher;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Brings a queue the messages of a group that this process has claimed. Claims only as many as
 * there is room for, so that a member that is paused, full or gone holds back nobody. Touched on
 * the broker's context only.
 */
public final class ClaimedMessageReader implements RecordSource {
  private final MonotonicClock ticker;
  private static final long TICK_MILLIS = 500;
  private static final int RENEW_TICKS = 4;
  private static final int PURGE_TICKS = 20;

  /** A member that is silent for so long, 6 s, loses what it holds. */
  private static final int LEASE_TICKS = 12;

  private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long GIVE_BACK_MILLIS = 1_000;

  private final Vertx vertx;
  private final LocalQueue queue;
  private final SharedConsumer consumer;
  private final KafkaPublisher publisher;
  private final LinkWatch link;
  private final RecordPurger purger;
  private final String memberId;
  private final TopicPartition partition;
  private final ClaimRegistry claimRegistry = new ClaimRegistry();
  private final Map<Long, KafkaMessage> held = new HashMap<>();
  private final Set<Long> claiming = new HashSet<>();
  private final Set<Long> done = new HashSet<>();
  private final Map<Long, Integer> postponed = new HashMap<>();
  private final Set<Long> waiting = new HashSet<>();
  private long timer = -1;
  private long ticks;
  private long lastTick;
  private boolean stopped;

  public ClaimedMessageReader(
      Vertx vertx,
      LocalQueue queue,
      SharedConsumer consumer,
      KafkaPublisher publisher,
      LinkWatch link,
      RecordPurger purger,
      String memberId,
      MonotonicClock ticker) {
    this.ticker = ticker;
    this.lastTick = ticker.nanos();
    this.vertx = vertx;
    this.queue = queue;
    this.consumer = consumer;
    this.publisher = publisher;
    this.link = link;
    this.purger = purger;
    this.memberId = memberId;
    this.partition = new TopicPartition(queue.name(), 0);
  }

  @Override
  public Future<Void> start() {
    return consumer
        .attach(partition, this::records)
        .onSuccess(
            v -> {
              timer = vertx.setPeriodic(TICK_MILLIS, id -> tick());
              publish(ClaimRecord.here(memberId));
            });
  }

  private void records(List<ConsumerRecord<byte[], byte[]>> records) {
    if (stopped) {
      return;
    }
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (ClaimRecord.is(record)) {
        ClaimRecord claimRecord = ClaimRecord.decode(record);
        if (claimRecord != null) {
          apply(record.offset(), claimRecord);
        }
      } else {
        byte[] bytes = record.value() == null ? new byte[0] : record.value();
        claimRegistry.message(record.offset(), Buffer.buffer(bytes));
      }
    }
    roomChanged();
  }

  private void apply(long offset, ClaimRecord record) {
    ClaimRegistry.Entry changed = claimRegistry.apply(offset, record);
    boolean own = record.member().equals(memberId);
    if (own && record.what() == ClaimRecord.Kind.CLAIM) {
      claiming.remove(record.offset());
      if (changed != null) {
        won(changed);
      }
    } else if (changed != null && record.what() != ClaimRecord.Kind.FREE) {
      lost(changed.offset);
    }
    if (record.what() == ClaimRecord.Kind.DONE) {
      done.remove(record.offset());
      postponed.remove(record.offset());
    }
  }

  private void won(ClaimRegistry.Entry entry) {
    if (done.contains(entry.offset)) {
      return;
    }
    KafkaMessage message = new KafkaMessage(entry.offset, 0, entry.offset, entry.body);
    message.restoreCounts(entry.deliveries, postponed.getOrDefault(entry.offset, 0));
    held.put(entry.offset, message);
    queue.offer(message);
  }

  /** The message is done, or another member has it now. */
  private void lost(long offset) {
    KafkaMessage message = held.remove(offset);
    if (message != null) {
      queue.withdraw(message);
    }
  }

  @Override
  public void done(KafkaMessage message) {
    held.remove(message.offset);
    done.add(message.offset);
    publishUntilSent(ClaimRecord.done(memberId, message.offset));
  }

  @Override
  public void retryLater(KafkaMessage message, long delayMillis) {
    postponed.put(message.offset, message.postponements());
    waiting.add(message.offset);
    vertx.setTimer(
        delayMillis,
        id -> {
          waiting.remove(message.offset);
          roomChanged();
        });
    free(message);
  }

  @Override
  public void returned(KafkaMessage message) {
    if (!message.lost) {
      queue.offer(message);
    }
  }

  @Override
  public void roomChanged() {
    if (stopped) {
      return;
    }
    queue.surplus().forEach(this::free);
    int want = queue.free() - queue.pending() - claiming.size();
    if (want <= 0) {
      return;
    }
    for (ClaimRegistry.Entry entry : claimRegistry.claimable(memberId, LEASE_TICKS)) {
      if (want > 0 && mayClaim(entry.offset)) {
        want--;
        claim(entry);
      }
    }
  }

  private boolean mayClaim(long offset) {
    return !claiming.contains(offset) && !waiting.contains(offset) && !done.contains(offset);
  }

  private void claim(ClaimRegistry.Entry entry) {
    claiming.add(entry.offset);
    // if that fails, the next tick tries again
    publish(ClaimRecord.claim(memberId, entry.offset, entry.term + 1))
        .onFailure(e -> claiming.remove(entry.offset));
  }

  /** Gives a message back, so that any member can claim it. */
  private void free(KafkaMessage message) {
    if (held.remove(message.offset) != null) {
      queue.withdraw(message);
      publishUntilSent(
          ClaimRecord.free(
              memberId, message.offset, claimRegistry.term(message.offset), message.deliveries()));
    }
  }

  @Override
  public Future<Void> stop() {
    // writes nothing when there is nothing to give back: the topic may be gone already
    List<Future<Void>> givenBack = new ArrayList<>();
    for (KafkaMessage message : List.copyOf(held.values())) {
      queue.withdraw(message);
      int term = claimRegistry.term(message.offset);
      givenBack.add(
          publish(ClaimRecord.free(memberId, message.offset, term, message.deliveries())));
    }
    Future<Void> dropped = drop();
    return Future.join(givenBack)
        .timeout(GIVE_BACK_MILLIS, TimeUnit.MILLISECONDS)
        .transform(done -> dropped);
  }

  @Override
  public Future<Void> drop() {
    stopped = true;
    vertx.cancelTimer(timer);
    held.values().forEach(queue::withdraw);
    held.clear();
    return consumer.detach(partition);
  }

  private void tick() {
    long now = ticker.nanos();
    boolean stalled = now - lastTick > STALL_NANOS;
    lastTick = now;
    ticks++;
    if (stalled || !link.up()) {
      claimRegistry.resetSilence();
    } else {
      claimRegistry.tick();
      claimRegistry.expire(LEASE_TICKS);
    }
    if (ticks % RENEW_TICKS == 0 && !claimRegistry.heldBy(memberId).isEmpty()) {
      publish(ClaimRecord.here(memberId));
    }
    if (ticks % PURGE_TICKS == 0) {
      purger.processed(partition, claimRegistry.lowWater());
    }
    roomChanged();
  }

  private Future<Void> publish(ClaimRecord record) {
    return publisher.send(record.encode(queue.name()));
  }

  /** Publishes a record, and again until that succeeds. */
  private void publishUntilSent(ClaimRecord record) {
    publish(record)
        .onFailure(
            e -> {
              if (!stopped) {
                vertx.setTimer(TICK_MILLIS, id -> publishUntilSent(record));
              }
            });
  }
}
