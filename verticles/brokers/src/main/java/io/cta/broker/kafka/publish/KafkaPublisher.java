package io.cta.broker.kafka.publish;

import io.cta.broker.kafka.connection.KafkaClientFactory;
import io.cta.broker.kafka.connection.KafkaFailures;
import io.cta.broker.kafka.connection.LinkWatch;
import io.cta.broker.kafka.connection.TopicAdmin;
import io.cta.broker.kafka.publish.TopicSendQueue.Entry;
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
public final class KafkaPublisher {
  static final int CAPACITY = 10_000;
  static final long CAPACITY_BYTES = 64L << 20;

  private static final Logger log = LoggerFactory.getLogger(KafkaPublisher.class);
  private static final int WINDOW = 2_000;
  private static final long AGAIN_MILLIS = 200;

  private final Vertx vertx;
  private final KafkaClientFactory kafkaClientFactory;
  private final LinkWatch link;
  private final TopicAdmin topics;
  private final Map<String, TopicSendQueue> lanes = new HashMap<>();
  private KafkaWriteStream<byte[], byte[]> producer;
  private boolean making;
  private boolean closed;
  private long numbers;
  private int size;
  private long bytes;
  private int inFlight;

  public KafkaPublisher(
      Vertx vertx, KafkaClientFactory kafkaClientFactory, LinkWatch link, TopicAdmin topics) {
    this.vertx = vertx;
    this.kafkaClientFactory = kafkaClientFactory;
    this.link = link;
    this.topics = topics;
  }

  public int size() {
    return size;
  }

  /** Completes when all replicas in sync have it. */
  public Future<Void> send(ProducerRecord<byte[], byte[]> record) {
    if (closed) {
      return Future.failedFuture(KafkaFailures.closed());
    }
    Entry entry = new Entry(numbers++, record, Promise.promise());
    if (size >= CAPACITY || bytes + entry.length() > CAPACITY_BYTES) {
      return Future.failedFuture(
          KafkaFailures.full("the broker holds " + size + " publishes and is full"));
    }
    size++;
    bytes += entry.length();
    TopicSendQueue topicSendQueue = lanes.computeIfAbsent(record.topic(), TopicSendQueue::new);
    topicSendQueue.add(entry);
    if (!topicSendQueue.held && !topics.known(topicSendQueue.topic)) {
      check(topicSendQueue);
    }
    flush(topicSendQueue);
    return entry.promise().future();
  }

  /** Sends what can be sent now. */
  public void flush() {
    List.copyOf(lanes.values()).forEach(this::flush);
  }

  public Future<Void> close() {
    closed = true;
    for (TopicSendQueue topicSendQueue : List.copyOf(lanes.values())) {
      topicSendQueue.drain().forEach(e -> fail(e, KafkaFailures.closed()));
    }
    lanes.clear();
    return producer == null ? Future.succeededFuture() : dispose();
  }

  private void flush(TopicSendQueue topicSendQueue) {
    if (closed || !link.up()) {
      return;
    }
    if (producer == null) {
      make();
      return;
    }
    while (inFlight < WINDOW) {
      Entry entry = topicSendQueue.next();
      if (entry == null) {
        return;
      }
      inFlight++;
      producer.send(entry.record()).onComplete(done -> sent(topicSendQueue, entry, done.cause()));
    }
  }

  /** A producer that is asked for a topic that is not there would hold up everybody. */
  private void check(TopicSendQueue topicSendQueue) {
    topicSendQueue.held = true;
    topics.require(topicSendQueue.topic).onComplete(done -> checked(topicSendQueue, done.cause()));
  }

  private void checked(TopicSendQueue topicSendQueue, Throwable failure) {
    topicSendQueue.held = false;
    if (failure == null) {
      flush(topicSendQueue);
    } else {
      topicSendQueue.drain().forEach(e -> fail(e, failure));
      tidy(topicSendQueue);
    }
  }

  private void sent(TopicSendQueue topicSendQueue, Entry entry, Throwable e) {
    boolean full = inFlight-- >= WINDOW;
    boolean again = e != null && !closed && !hopeless(e);
    topicSendQueue.ended(entry, again);
    if (again) {
      log.debug("a record will be sent again [topic: {}]", topicSendQueue.topic, e);
    } else if (e == null) {
      gone(entry);
      entry.promise().tryComplete();
    } else {
      fail(entry, closed ? KafkaFailures.closed() : e);
    }
    if (topicSendQueue.stuck()) {
      again(topicSendQueue, e);
    }
    if (full) {
      flush();
    } else {
      flush(topicSendQueue);
    }
    tidy(topicSendQueue);
  }

  private void tidy(TopicSendQueue topicSendQueue) {
    if (topicSendQueue.idle()) {
      lanes.remove(topicSendQueue.topic, topicSendQueue);
    }
  }

  private void again(TopicSendQueue topicSendQueue, Throwable last) {
    topicSendQueue.held = true;
    link.suspect();
    Future<Void> ready = last != null && !KafkaFailures.passing(last) ? dispose() : pause();
    ready.onComplete(
        done -> {
          topicSendQueue.rewind();
          topics.forget(topicSendQueue.topic);
          check(topicSendQueue);
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
    kafkaClientFactory
        .producer()
        .onComplete(
            done -> {
              making = false;
              if (done.failed()) {
                log.warn("no producer yet [reason: {}]", KafkaFailures.text(done.cause()));
                vertx.setTimer(AGAIN_MILLIS, id -> flush());
                return;
              }
              producer = done.result();
              producer.exceptionHandler(KafkaFailures.ignored("a record was not sent"));
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
    entry.promise().tryFail(KafkaFailures.known(entry.record().topic(), e));
  }

  private void gone(Entry entry) {
    size--;
    bytes -= entry.length();
  }

  /** Failures of the record itself, which no other try would change. */
  private static boolean hopeless(Throwable e) {
    Throwable root = KafkaFailures.root(e);
    return root instanceof RecordTooLargeException
        || root instanceof InvalidTopicException
        || root instanceof TopicAuthorizationException;
  }
}
