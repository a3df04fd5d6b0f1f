package io.cta.broker.kafka;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.kafka.client.producer.KafkaWriteStream;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records, in the order they came. While Kafka is away they wait, bounded; what was on its
 * way when it went is sent again, in order, and before what came later. Touched on the broker's
 * context only.
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
  private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
  private final TreeMap<Long, Entry> failed = new TreeMap<>();
  private final Map<String, ArrayDeque<Entry>> unknown = new HashMap<>();
  private KafkaWriteStream<byte[], byte[]> producer;
  private boolean making;
  private boolean closed;
  private long numbers;
  private int size;
  private long bytes;
  private int inFlight;

  /** A record on its way, and who waits for it. */
  private record Entry(long n, ProducerRecord<byte[], byte[]> record, Promise<Void> promise) {
    int length() {
      return record.value().length;
    }
  }

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
    admit(entry);
    return entry.promise.future();
  }

  /** Sends what can be sent now. */
  void flush() {
    if (closed || !link.up() || !failed.isEmpty()) {
      return;
    }
    if (producer == null) {
      make();
      return;
    }
    while (!waiting.isEmpty() && inFlight < WINDOW) {
      Entry entry = waiting.poll();
      inFlight++;
      producer.send(entry.record).onComplete(done -> sent(entry, done.cause()));
    }
  }

  Future<Void> close() {
    closed = true;
    waiting.forEach(e -> e.promise.tryFail(Failures.closed()));
    failed.values().forEach(e -> e.promise.tryFail(Failures.closed()));
    unknown.values().forEach(q -> q.forEach(e -> e.promise.tryFail(Failures.closed())));
    waiting.clear();
    failed.clear();
    unknown.clear();
    return producer == null ? Future.succeededFuture() : dispose();
  }

  /**
   * A record for a topic that nobody here knows waits, with those after it, until that is clear.
   */
  private void admit(Entry entry) {
    String topic = entry.record.topic();
    ArrayDeque<Entry> line = unknown.get(topic);
    if (line != null) {
      line.add(entry);
    } else if (topics.known(topic)) {
      waiting.add(entry);
      flush();
    } else {
      unknown.put(topic, new ArrayDeque<>(List.of(entry)));
      topics.require(topic).onComplete(done -> cleared(topic, done.cause()));
    }
  }

  private void cleared(String topic, Throwable failure) {
    ArrayDeque<Entry> line = unknown.remove(topic);
    if (line == null) {
      return;
    }
    if (failure == null) {
      waiting.addAll(line);
      flush();
    } else {
      line.forEach(e -> fail(e, failure));
    }
  }

  private void sent(Entry entry, Throwable e) {
    inFlight--;
    if (e == null) {
      gone(entry);
      entry.promise.tryComplete();
    } else if (closed) {
      gone(entry);
      entry.promise.tryFail(Failures.closed());
    } else if (hopeless(e)) {
      fail(entry, e);
    } else {
      log.debug("a record will be sent again [topic: {}]", entry.record.topic(), e);
      failed.put(entry.n, entry);
    }
    if (inFlight == 0 && !failed.isEmpty()) {
      again(e);
    } else {
      flush();
    }
  }

  /** All that was on its way has come to an end: those that failed go first, in order. */
  private void again(Throwable last) {
    link.suspect();
    Future<Void> ready = last != null && !Failures.passing(last) ? dispose() : pause();
    ready.onComplete(
        done -> {
          Map<Long, Entry> retry = new TreeMap<>(failed);
          failed.clear();
          ArrayDeque<Entry> later = new ArrayDeque<>(waiting);
          waiting.clear();
          retry.values().forEach(entry -> topics.forget(entry.record.topic()));
          retry.values().forEach(this::admit);
          later.forEach(this::admit);
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
    entry.promise.tryFail(Failures.known(entry.record.topic(), e));
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
