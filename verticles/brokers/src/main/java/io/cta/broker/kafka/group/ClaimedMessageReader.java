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
 * Brings a queue the messages of a group that this process has claimed: as many as there is room
 * for, so that a member that is paused, full or gone holds back nobody. Touched on the broker's
 * context only.
 */
public final class ClaimedMessageReader implements RecordSource {
  private final MonotonicClock ticker;
  private static final long TICK_MILLIS = 500;
  private static final int RENEW_TICKS = 4;
  private static final int PURGE_TICKS = 20;

  /** A member that said nothing for so long has lost what it holds: 6 s. */
  private static final int LEASE_TICKS = 12;

  private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long WORDS_MILLIS = 1_000;

  private final Vertx vertx;
  private final LocalQueue queue;
  private final SharedConsumer reader;
  private final KafkaPublisher publisher;
  private final LinkWatch link;
  private final RecordPurger purge;
  private final String me;
  private final TopicPartition partition;
  private final ClaimRegistry claimRegistry = new ClaimRegistry();
  private final Map<Long, KafkaMessage> mine = new HashMap<>();
  private final Set<Long> asked = new HashSet<>();
  private final Set<Long> done = new HashSet<>();
  private final Map<Long, Integer> postponed = new HashMap<>();
  private final Set<Long> resting = new HashSet<>();
  private long timer = -1;
  private long ticks;
  private long lastTick;
  private boolean over;

  public ClaimedMessageReader(
      Vertx vertx,
      LocalQueue queue,
      SharedConsumer reader,
      KafkaPublisher publisher,
      LinkWatch link,
      RecordPurger purge,
      String me,
      MonotonicClock ticker) {
    this.ticker = ticker;
    this.lastTick = ticker.nanos();
    this.vertx = vertx;
    this.queue = queue;
    this.reader = reader;
    this.publisher = publisher;
    this.link = link;
    this.purge = purge;
    this.me = me;
    this.partition = new TopicPartition(queue.name(), 0);
  }

  @Override
  public Future<Void> start() {
    return reader
        .attach(partition, this::records)
        .onSuccess(
            v -> {
              timer = vertx.setPeriodic(TICK_MILLIS, id -> tick());
              say(ClaimRecord.here(me));
            });
  }

  private void records(List<ConsumerRecord<byte[], byte[]>> records) {
    if (over) {
      return;
    }
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (ClaimRecord.is(record)) {
        ClaimRecord said = ClaimRecord.decode(record);
        if (said != null) {
          apply(record.offset(), said);
        }
      } else {
        byte[] bytes = record.value() == null ? new byte[0] : record.value();
        claimRegistry.message(record.offset(), Buffer.buffer(bytes));
      }
    }
    room();
  }

  private void apply(long offset, ClaimRecord said) {
    ClaimRegistry.Entry changed = claimRegistry.apply(offset, said);
    boolean own = said.member().equals(me);
    if (own && said.what() == ClaimRecord.Kind.CLAIM) {
      asked.remove(said.offset());
      if (changed != null) {
        won(changed);
      }
    } else if (changed != null && said.what() != ClaimRecord.Kind.FREE) {
      lost(changed.offset);
    }
    if (said.what() == ClaimRecord.Kind.DONE) {
      done.remove(said.offset());
      postponed.remove(said.offset());
    }
  }

  private void won(ClaimRegistry.Entry entry) {
    if (done.contains(entry.offset)) {
      return;
    }
    KafkaMessage message = new KafkaMessage(entry.offset, 0, entry.offset, entry.body);
    message.before(entry.deliveries, postponed.getOrDefault(entry.offset, 0));
    mine.put(entry.offset, message);
    queue.offer(message);
  }

  /** It is done, or another member has it now. */
  private void lost(long offset) {
    KafkaMessage message = mine.remove(offset);
    if (message != null) {
      queue.withdraw(message);
    }
  }

  @Override
  public void done(KafkaMessage message) {
    mine.remove(message.offset);
    done.add(message.offset);
    insist(ClaimRecord.done(me, message.offset));
  }

  @Override
  public void again(KafkaMessage message, long delayMillis) {
    postponed.put(message.offset, message.postponements());
    resting.add(message.offset);
    vertx.setTimer(
        delayMillis,
        id -> {
          resting.remove(message.offset);
          room();
        });
    free(message);
  }

  @Override
  public void untouched(KafkaMessage message) {
    if (!message.lost) {
      queue.offer(message);
    }
  }

  @Override
  public void room() {
    if (over) {
      return;
    }
    queue.surplus().forEach(this::free);
    int want = queue.free() - queue.pending() - asked.size();
    if (want <= 0) {
      return;
    }
    for (ClaimRegistry.Entry entry : claimRegistry.claimable(me, LEASE_TICKS)) {
      if (want > 0 && mayClaim(entry.offset)) {
        want--;
        claim(entry);
      }
    }
  }

  private boolean mayClaim(long offset) {
    return !asked.contains(offset) && !resting.contains(offset) && !done.contains(offset);
  }

  private void claim(ClaimRegistry.Entry entry) {
    asked.add(entry.offset);
    // if that fails, the next tick tries again
    say(ClaimRecord.claim(me, entry.offset, entry.term + 1))
        .onFailure(e -> asked.remove(entry.offset));
  }

  /** Leaves a message to whoever wants it. */
  private void free(KafkaMessage message) {
    if (mine.remove(message.offset) != null) {
      queue.withdraw(message);
      insist(
          ClaimRecord.free(
              me, message.offset, claimRegistry.term(message.offset), message.deliveries()));
    }
  }

  @Override
  public Future<Void> stop() {
    // without a word to a topic that may be gone already, if there is nothing to give back
    List<Future<Void>> words = new ArrayList<>();
    for (KafkaMessage message : List.copyOf(mine.values())) {
      queue.withdraw(message);
      int term = claimRegistry.term(message.offset);
      words.add(say(ClaimRecord.free(me, message.offset, term, message.deliveries())));
    }
    Future<Void> dropped = drop();
    return Future.join(words)
        .timeout(WORDS_MILLIS, TimeUnit.MILLISECONDS)
        .transform(said -> dropped);
  }

  @Override
  public Future<Void> drop() {
    over = true;
    vertx.cancelTimer(timer);
    mine.values().forEach(queue::withdraw);
    mine.clear();
    return reader.detach(partition);
  }

  private void tick() {
    long now = ticker.nanos();
    boolean stalled = now - lastTick > STALL_NANOS;
    lastTick = now;
    ticks++;
    if (stalled || !link.up()) {
      claimRegistry.heard();
    } else {
      claimRegistry.tick();
      claimRegistry.expire(LEASE_TICKS);
    }
    if (ticks % RENEW_TICKS == 0 && !claimRegistry.heldBy(me).isEmpty()) {
      say(ClaimRecord.here(me));
    }
    if (ticks % PURGE_TICKS == 0) {
      purge.processed(partition, claimRegistry.lowWater());
    }
    room();
  }

  private Future<Void> say(ClaimRecord record) {
    return publisher.send(record.encode(queue.name()));
  }

  /** Says what must be known sooner or later. */
  private void insist(ClaimRecord record) {
    say(record)
        .onFailure(
            e -> {
              if (!over) {
                vertx.setTimer(TICK_MILLIS, id -> insist(record));
              }
            });
  }
}
