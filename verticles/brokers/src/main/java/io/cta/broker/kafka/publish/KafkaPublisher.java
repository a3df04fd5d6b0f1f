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
 * Sends records, in order for each topic. While Kafka is away they wait, bounded; records that were
 * in flight when it went away are sent again, in order, before later ones. Touched on the broker's
 * context only.
 */
public final class KafkaPublisher {
  static final int CAPACITY = 10_000;
  static final long CAPACITY_BYTES = 64L << 20;

  private static final Logger log = LoggerFactory.getLogger(KafkaPublisher.class);
  private static final int MAX_IN_FLIGHT = 2_000;
  private static final long RETRY_MILLIS = 200;

  private final Vertx vertx;
  private final KafkaClientFactory kafkaClientFactory;
  private final LinkWatch link;
  private final TopicAdmin topics;
  private final Map<String, TopicSendQueue> queues = new HashMap<>();
  private KafkaWriteStream<byte[], byte[]> producer;
  private boolean opening;
  private boolean closed;
  private long nextNumber;
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

  /** Completes when all replicas in sync have the record. */
  public Future<Void> send(ProducerRecord<byte[], byte[]> record) {
    if (closed) {
      return Future.failedFuture(KafkaFailures.closed());
    }
    Entry entry = new Entry(nextNumber++, record, Promise.promise());
    if (size >= CAPACITY || bytes + entry.length() > CAPACITY_BYTES) {
      return Future.failedFuture(
          KafkaFailures.full("the broker holds " + size + " publishes and is full"));
    }
    size++;
    bytes += entry.length();
    TopicSendQueue queue = queues.computeIfAbsent(record.topic(), TopicSendQueue::new);
    queue.add(entry);
    if (!queue.held && !topics.known(queue.topic)) {
      check(queue);
    }
    flush(queue);
    return entry.promise().future();
  }

  /** Sends what can be sent now. */
  public void flush() {
    List.copyOf(queues.values()).forEach(this::flush);
  }

  public Future<Void> close() {
    closed = true;
    for (TopicSendQueue queue : List.copyOf(queues.values())) {
      queue.drain().forEach(e -> fail(e, KafkaFailures.closed()));
    }
    queues.clear();
    return producer == null ? Future.succeededFuture() : dispose();
  }

  private void flush(TopicSendQueue queue) {
    if (closed || !link.up()) {
      return;
    }
    if (producer == null) {
      openProducer();
      return;
    }
    while (inFlight < MAX_IN_FLIGHT) {
      Entry entry = queue.next();
      if (entry == null) {
        return;
      }
      inFlight++;
      producer.send(entry.record()).onComplete(done -> sent(queue, entry, done.cause()));
    }
  }

  /**
   * Checks the topic first: a producer that is asked for a missing topic would hold up all others.
   */
  private void check(TopicSendQueue queue) {
    queue.held = true;
    topics.require(queue.topic).onComplete(done -> checked(queue, done.cause()));
  }

  private void checked(TopicSendQueue queue, Throwable failure) {
    queue.held = false;
    if (failure == null) {
      flush(queue);
    } else {
      queue.drain().forEach(e -> fail(e, failure));
      removeIfIdle(queue);
    }
  }

  private void sent(TopicSendQueue queue, Entry entry, Throwable e) {
    boolean full = inFlight-- >= MAX_IN_FLIGHT;
    boolean again = e != null && !closed && !permanent(e);
    queue.ended(entry, again);
    if (again) {
      log.debug("a record will be sent again [topic: {}]", queue.topic, e);
    } else if (e == null) {
      removed(entry);
      entry.promise().tryComplete();
    } else {
      fail(entry, closed ? KafkaFailures.closed() : e);
    }
    if (queue.stuck()) {
      retryFailed(queue, e);
    }
    if (full) {
      flush();
    } else {
      flush(queue);
    }
    removeIfIdle(queue);
  }

  private void removeIfIdle(TopicSendQueue queue) {
    if (queue.idle()) {
      queues.remove(queue.topic, queue);
    }
  }

  private void retryFailed(TopicSendQueue queue, Throwable last) {
    queue.held = true;
    link.checkNow();
    Future<Void> ready = last != null && !KafkaFailures.temporary(last) ? dispose() : pause();
    ready.onComplete(
        done -> {
          queue.rewind();
          topics.forget(queue.topic);
          check(queue);
        });
  }

  private Future<Void> pause() {
    Promise<Void> over = Promise.promise();
    vertx.setTimer(RETRY_MILLIS, id -> over.complete());
    return over.future();
  }

  private void openProducer() {
    if (opening) {
      return;
    }
    opening = true;
    kafkaClientFactory
        .producer()
        .onComplete(
            done -> {
              opening = false;
              if (done.failed()) {
                log.warn("no producer yet [reason: {}]", KafkaFailures.text(done.cause()));
                vertx.setTimer(RETRY_MILLIS, id -> flush());
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

  /** Closes the producer, which may be broken for good; the next flush makes another. */
  private Future<Void> dispose() {
    KafkaWriteStream<byte[], byte[]> old = producer;
    producer = null;
    return old == null ? pause() : old.close(1_000).otherwiseEmpty();
  }

  private void fail(Entry entry, Throwable e) {
    removed(entry);
    entry.promise().tryFail(KafkaFailures.toServiceFailure(entry.record().topic(), e));
  }

  private void removed(Entry entry) {
    size--;
    bytes -= entry.length();
  }

  /** Failures of the record itself, which another try would not change. */
  private static boolean permanent(Throwable e) {
    Throwable root = KafkaFailures.root(e);
    return root instanceof RecordTooLargeException
        || root instanceof InvalidTopicException
        || root instanceof TopicAuthorizationException;
  }
}
