package io.cta.broker.kafka;

import io.cta.time.Ticker;
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
final class GroupLog implements Source {
  private final Ticker ticker;
  private static final long TICK_MILLIS = 500;
  private static final int RENEW_TICKS = 4;
  private static final int PURGE_TICKS = 20;

  /** A member that said nothing for so long has lost what it holds: 6 s. */
  private static final int LEASE_TICKS = 12;

  private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long WORDS_MILLIS = 1_000;

  private final Vertx vertx;
  private final LocalQueue queue;
  private final AssignedReader reader;
  private final Publisher publisher;
  private final LinkWatch link;
  private final Purge purge;
  private final String me;
  private final TopicPartition partition;
  private final Claims claims = new Claims();
  private final Map<Long, Message> mine = new HashMap<>();
  private final Set<Long> asked = new HashSet<>();
  private final Set<Long> done = new HashSet<>();
  private final Map<Long, Integer> postponed = new HashMap<>();
  private final Set<Long> resting = new HashSet<>();
  private long timer = -1;
  private long ticks;
  private long lastTick;
  private boolean over;

  GroupLog(
      Vertx vertx,
      LocalQueue queue,
      AssignedReader reader,
      Publisher publisher,
      LinkWatch link,
      Purge purge,
      String me,
      Ticker ticker) {
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
        claims.message(record.offset(), Buffer.buffer(bytes));
      }
    }
    room();
  }

  private void apply(long offset, ClaimRecord said) {
    Claims.Entry changed = claims.apply(offset, said);
    boolean own = said.member().equals(me);
    if (own && said.what() == ClaimRecord.What.CLAIM) {
      asked.remove(said.offset());
      if (changed != null) {
        won(changed);
      }
    } else if (changed != null && said.what() != ClaimRecord.What.FREE) {
      lost(changed.offset);
    }
    if (said.what() == ClaimRecord.What.DONE) {
      done.remove(said.offset());
      postponed.remove(said.offset());
    }
  }

  private void won(Claims.Entry entry) {
    if (done.contains(entry.offset)) {
      return;
    }
    Message message = new Message(entry.offset, 0, entry.offset, entry.body);
    message.before(entry.deliveries, postponed.getOrDefault(entry.offset, 0));
    mine.put(entry.offset, message);
    queue.offer(message);
  }

  /** It is done, or another member has it now. */
  private void lost(long offset) {
    Message message = mine.remove(offset);
    if (message != null) {
      queue.withdraw(message);
    }
  }

  @Override
  public void done(Message message) {
    mine.remove(message.offset);
    done.add(message.offset);
    insist(ClaimRecord.done(me, message.offset));
  }

  @Override
  public void again(Message message, long delayMillis) {
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
  public void untouched(Message message) {
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
    for (Claims.Entry entry : claims.claimable(me, LEASE_TICKS)) {
      if (want > 0 && mayClaim(entry.offset)) {
        want--;
        claim(entry);
      }
    }
  }

  private boolean mayClaim(long offset) {
    return !asked.contains(offset) && !resting.contains(offset) && !done.contains(offset);
  }

  private void claim(Claims.Entry entry) {
    asked.add(entry.offset);
    // if that fails, the next tick tries again
    say(ClaimRecord.claim(me, entry.offset, entry.term + 1))
        .onFailure(e -> asked.remove(entry.offset));
  }

  /** Leaves a message to whoever wants it. */
  private void free(Message message) {
    if (mine.remove(message.offset) != null) {
      queue.withdraw(message);
      insist(
          ClaimRecord.free(me, message.offset, claims.term(message.offset), message.deliveries()));
    }
  }

  @Override
  public Future<Void> stop() {
    // without a word to a topic that may be gone already, if there is nothing to give back
    List<Future<Void>> words = new ArrayList<>();
    for (Message message : List.copyOf(mine.values())) {
      queue.withdraw(message);
      int term = claims.term(message.offset);
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
      claims.heard();
    } else {
      claims.tick();
      claims.expire(LEASE_TICKS);
    }
    if (ticks % RENEW_TICKS == 0 && !claims.heldBy(me).isEmpty()) {
      say(ClaimRecord.here(me));
    }
    if (ticks % PURGE_TICKS == 0) {
      purge.processed(partition, claims.lowWater());
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
