package io.cta.broker.rabbitmq.publish;

import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * The publishes of a channel: first waiting, then in flight, until the server has answered. Their
 * numbers are those that the channel counts. Broker's context only.
 */
final class RabbitPublishBuffer {
  static final int CAPACITY = 10_000;
  static final long CAPACITY_BYTES = 64L << 20;
  private static final int MAX_IN_FLIGHT = 2_000;
  private static final int MAX_BATCH = 256;
  private static final long MAX_BATCH_BYTES = 1L << 20;

  private final ArrayDeque<PendingPublish> waiting = new ArrayDeque<>();
  private final TreeMap<Long, PendingPublish> inFlight = new TreeMap<>();
  private long bytes;
  private long number;
  private int oneByOne;

  void offer(PendingPublish publish) {
    if (size() >= CAPACITY || bytes + publish.body.length() > CAPACITY_BYTES) {
      String text = "the link holds " + size() + " publishes and is full";
      publish.promise.tryFail(new ServiceFailure(ErrorCode.UNAVAILABLE, text));
      return;
    }
    waiting.add(publish);
    bytes += publish.body.length();
  }

  /** The next batch to send, in flight from now on. Their numbers follow each other. */
  List<PendingPublish> next(long now) {
    List<PendingPublish> batch = new ArrayList<>();
    long size = 0;
    int maxInFlight = oneByOne > 0 ? 1 : MAX_IN_FLIGHT;
    while (!waiting.isEmpty()
        && inFlight.size() < maxInFlight
        && batch.size() < MAX_BATCH
        && size < MAX_BATCH_BYTES) {
      PendingPublish next = waiting.poll();
      next.returned = null;
      next.sentAt = now;
      inFlight.put(++number, next);
      batch.add(next);
      size += next.body.length();
    }
    return batch;
  }

  /** The number of the batch's first. */
  long firstOf(List<PendingPublish> batch) {
    return number - batch.size() + 1;
  }

  PendingPublish inFlight(long n) {
    return inFlight.get(n);
  }

  /** Removes and returns those the server has answered. */
  List<PendingPublish> answered(long n, boolean andAllBefore) {
    Collection<PendingPublish> those =
        andAllBefore ? inFlight.headMap(n, true).values() : inFlight.subMap(n, n + 1).values();
    List<PendingPublish> answered = new ArrayList<>(those);
    those.clear();
    answered.forEach(p -> bytes -= p.body.length());
    oneByOne = Math.max(0, oneByOne - answered.size());
    return answered;
  }

  /** The channel is gone: all that was in flight is sent again, before all else. */
  void rewind() {
    for (PendingPublish publish : new ArrayList<>(inFlight.descendingMap().values())) {
      waiting.addFirst(publish);
    }
    inFlight.clear();
    number = 0;
  }

  /**
   * The server closed the channel because of a message in flight, but does not say which. All of
   * them are sent again one by one; one that was alone in flight is the cause, and is removed and
   * returned.
   */
  PendingPublish isolateCulprit() {
    PendingPublish culprit = null;
    if (inFlight.size() == 1) {
      culprit = inFlight.pollFirstEntry().getValue();
      bytes -= culprit.body.length();
    }
    oneByOne = Math.max(oneByOne, inFlight.size());
    rewind();
    return culprit;
  }

  void fail(Throwable why) {
    rewind();
    List<PendingPublish> all = new ArrayList<>(waiting);
    waiting.clear();
    bytes = 0;
    all.forEach(p -> p.promise.tryFail(why));
  }

  /** When the oldest publish in flight was sent; {@code now} when there is none. */
  long waitsSince(long now) {
    return inFlight.isEmpty() ? now : inFlight.firstEntry().getValue().sentAt;
  }

  int size() {
    return waiting.size() + inFlight.size();
  }
}
