package io.cta.broker.kafka.publish;

import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The records for one topic on their way to Kafka, in order. A topic that is stuck holds up no
 * other. Touched on the broker's context only.
 */
final class TopicSendQueue {
  final String topic;
  private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
  private final TreeMap<Long, Entry> failed = new TreeMap<>();
  private int inFlight;

  /** True until it is clear whether the topic exists; nothing is sent meanwhile. */
  boolean held;

  /** A record, and the promise of its sender. */
  record Entry(long n, ProducerRecord<byte[], byte[]> record, Promise<Void> promise) {
    int length() {
      return record.value().length;
    }
  }

  TopicSendQueue(String topic) {
    this.topic = topic;
  }

  void add(Entry entry) {
    waiting.add(entry);
  }

  /** The next to send, in flight from now on; null when there is none, or it must wait. */
  Entry next() {
    if (held || !failed.isEmpty() || waiting.isEmpty()) {
      return null;
    }
    inFlight++;
    return waiting.poll();
  }

  /** A record in flight has come to an end; it is kept if it is to be sent again. */
  void ended(Entry entry, boolean again) {
    inFlight--;
    if (again) {
      failed.put(entry.n, entry);
    }
  }

  /** Whether nothing is in flight any more and some of it has failed. */
  boolean stuck() {
    return inFlight == 0 && !failed.isEmpty() && !held;
  }

  /** Puts the failed records in front again, in order. */
  void rewind() {
    failed.descendingMap().values().forEach(waiting::addFirst);
    failed.clear();
  }

  /** Removes and returns all that is not in flight. */
  List<Entry> drain() {
    rewind();
    List<Entry> all = new ArrayList<>(waiting);
    waiting.clear();
    return all;
  }

  boolean idle() {
    return inFlight == 0 && !held && waiting.isEmpty() && failed.isEmpty();
  }
}
