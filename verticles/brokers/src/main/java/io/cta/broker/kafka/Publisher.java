package io.cta.broker.kafka;

import io.cta.broker.kafka.Lane.Entry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaWriteStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records, those for a topic in the order they came. While Kafka is away they wait, bounded;
 * what was on its way when it went is sent again, in order, and before what came later. Touched on
 * the broker's context only.
 */
final class Publisher {
  static final int CAPACITY = 10_000;
  static final long CAPACITY_BYTES = 64L << 20;

  private static final Logger log = LoggerFactory.getLogger(Publisher.class);
  private static final int WINDOW = 2_000;
  private static final long AGAIN_MILLIS = 200;

  private final Vertx vertx;
  private final Clients clients;
  private final LinkWatch link;
  private final Topics topics;
  private final Map<String, Lane> lanes = new HashMap<>();
  private KafkaWriteStream<byte[], byte[]> producer;
  private boolean making;
  private boolean closed;
  private long numbers;
  private int size;
  private long bytes;
  private int inFlight;

  Publisher(Vertx vertx, Clients clients, LinkWatch link, Topics topics) {
    this.vertx = vertx;
    this.clients = clients;
    this.link = link;
    this.topics = topics;
  }

  int size() {
    return size;
  }

  /** Completes when all replicas in sync have it. */
  Future<Void> send(ProducerRecord<byte[], byte[]> record) {
    if (closed) {
      return Future.failedFuture(Failures.closed());
    }
    Entry entry = new Entry(numbers++, record, Promise.promise());
    if (size >= CAPACITY || bytes + entry.length() > CAPACITY_BYTES) {
      return Future.failedFuture(
          Failures.full("the broker holds " + size + " publishes and is full"));
    }
    size++;
    bytes += entry.length();
    Lane lane = lanes.computeIfAbsent(record.topic(), Lane::new);
    lane.add(entry);
    if (!lane.held && !topics.known(lane.topic)) {
      check(lane);
    }
    flush(lane);
    return entry.promise().future();
  }

  /** Sends what can be sent now. */
  void flush() {
    List.copyOf(lanes.values()).forEach(this::flush);
  }

  Future<Void> close() {
    closed = true;
    for (Lane lane : List.copyOf(lanes.values())) {
      lane.drain().forEach(e -> fail(e, Failures.closed()));
    }
    lanes.clear();
    return producer == null ? Future.succeededFuture() : dispose();
  }

  private void flush(Lane lane) {
    if (closed || !link.up()) {
      return;
    }
    if (producer == null) {
      make();
      return;
    }
    while (inFlight < WINDOW) {
      Entry entry = lane.next();
      if (entry == null) {
        return;
      }
      inFlight++;
      producer.send(entry.record()).onComplete(done -> sent(lane, entry, done.cause()));
    }
  }

  /** A producer that is asked for a topic that is not there would hold up everybody. */
  private void check(Lane lane) {
    lane.held = true;
    topics.require(lane.topic).onComplete(done -> checked(lane, done.cause()));
  }

  private void checked(Lane lane, Throwable failure) {
    lane.held = false;
    if (failure == null) {
      flush(lane);
    } else {
      lane.drain().forEach(e -> fail(e, failure));
      tidy(lane);
    }
  }

  private void sent(Lane lane, Entry entry, Throwable e) {
    boolean full = inFlight-- >= WINDOW;
    boolean again = e != null && !closed && !hopeless(e);
    lane.ended(entry, again);
    if (again) {
      log.debug("a record will be sent again [topic: {}]", lane.topic, e);
    } else if (e == null) {
      gone(entry);
      entry.promise().tryComplete();
    } else {
      fail(entry, closed ? Failures.closed() : e);
    }
    if (lane.stuck()) {
      again(lane, e);
    }
    if (full) {
      flush();
    } else {
      flush(lane);
    }
    tidy(lane);
  }

  private void tidy(Lane lane) {
    if (lane.idle()) {
      lanes.remove(lane.topic, lane);
    }
  }

  private void again(Lane lane, Throwable last) {
    lane.held = true;
    link.suspect();
    Future<Void> ready = last != null && !Failures.passing(last) ? dispose() : pause();
    ready.onComplete(
        done -> {
          lane.rewind();
          topics.forget(lane.topic);
          check(lane);
        });
  }

  private Future<Void> pause() {
    Promise<Void> over = Promise.promise();
    vertx.setTimer(AGAIN_MILLIS, id -> over.complete());
    return over.future();
  }

  private void make() {
    if (making) {
      return;
    }
    making = true;
    clients
        .producer()
        .onComplete(
            done -> {
              making = false;
              if (done.failed()) {
                log.warn("no producer yet [reason: {}]", Failures.text(done.cause()));
                vertx.setTimer(AGAIN_MILLIS, id -> flush());
                return;
              }
              producer = done.result();
              producer.exceptionHandler(Failures.ignored("a record was not sent"));
              if (closed) {
                dispose();
              } else {
                flush();
              }
            });
  }

  /** Lets go of a producer, which may be broken for good; the next flush makes another. */
  private Future<Void> dispose() {
    KafkaWriteStream<byte[], byte[]> old = producer;
    producer = null;
    return old == null ? pause() : old.close(1_000).otherwiseEmpty();
  }

  private void fail(Entry entry, Throwable e) {
    gone(entry);
    entry.promise().tryFail(Failures.known(entry.record().topic(), e));
  }

  private void gone(Entry entry) {
    size--;
    bytes -= entry.length();
  }

  /** Failures of the record itself, which no other try would change. */
  private static boolean hopeless(Throwable e) {
    Throwable root = Failures.root(e);
    return root instanceof RecordTooLargeException
        || root instanceof InvalidTopicException
        || root instanceof TopicAuthorizationException;
  }
}
