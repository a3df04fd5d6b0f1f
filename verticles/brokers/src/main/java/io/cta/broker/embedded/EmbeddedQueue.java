package io.cta.broker.embedded;

import io.cta.broker.CallerPromise;
import io.cta.broker.QueueSpec;
import io.cta.broker.RedeliveryDecision;
import io.cta.broker.handout.ConsumerBuffer;
import io.cta.broker.handout.ConsumerBuffers;
import io.cta.broker.handout.DeliverySource;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A queue in memory. Each of its messages is fresh, returned (put back; delivered again before any
 * fresh one), delayed after a failure, or unsettled in a {@link ConsumerBuffer}. Touched on the
 * broker's context only.
 */
final class EmbeddedQueue implements DeliverySource<EmbeddedMessage> {
  private final String name;
  private final QueueSpec spec;
  private final Context brokerContext;
  private final Tally tally;
  private final DeadLetterSink deadLetters;
  private final ArrayDeque<EmbeddedMessage> fresh = new ArrayDeque<>();
  private final TreeMap<Long, EmbeddedMessage> returned = new TreeMap<>();
  private final Map<Long, EmbeddedMessage> delayed = new TreeMap<>();
  private final ConsumerBuffers<EmbeddedMessage> consumerBuffers = new ConsumerBuffers<>();
  private long nextPosition;
  private long bytes;
  private int size;
  private boolean handOutPlanned;
  private boolean deleted;

  /** The bytes that all queues of a broker hold together. */
  static final class Tally {
    long bytes;
  }

  /** Takes messages that are given up. */
  interface DeadLetterSink {
    void add(String queue, EmbeddedMessage message, String reason);
  }

  EmbeddedQueue(
      String name, QueueSpec spec, Context brokerContext, Tally tally, DeadLetterSink deadLetters) {
    this.name = name;
    this.spec = spec;
    this.brokerContext = brokerContext;
    this.tally = tally;
    this.deadLetters = deadLetters;
  }

  QueueSpec spec() {
    return spec;
  }

  /** Messages that the queue is responsible for, including those with consumers. */
  int size() {
    return size;
  }

  long bytes() {
    return bytes;
  }

  boolean full() {
    return size >= spec.capacity();
  }

  void add(Buffer body, CallerPromise<Void> waiting) {
    fresh.add(new EmbeddedMessage(nextPosition++, body, waiting));
    size++;
    bytes += body.length();
    tally.bytes += body.length();
    changed();
  }

  /** Drops the oldest message that is not with a consumer; false when there is none. */
  boolean dropOldest() {
    EmbeddedMessage oldest = take();
    if (oldest != null) {
      removed(oldest);
    }
    return oldest != null;
  }

  void open(ConsumerBuffer<EmbeddedMessage> consumerBuffer) {
    consumerBuffers.add(consumerBuffer);
    changed();
  }

  /** Removes a subscriber's buffer; its unsettled messages go back. */
  void close(ConsumerBuffer<EmbeddedMessage> consumerBuffer) {
    consumerBuffers.remove(consumerBuffer).forEach(this::returnLost);
    changed();
  }

  @Override
  public void settle(EmbeddedMessage message, Throwable failure) {
    RedeliveryDecision decision = message.decide(failure, spec.maxDeliveries());
    switch (decision.kind()) {
      case DONE -> done(message);
      case DEAD -> deadLetter(message, decision.reason());
      case AGAIN -> delay(message, decision.waitMillis());
    }
    changed();
  }

  @Override
  public void giveBack(List<EmbeddedMessage> messages) {
    messages.forEach(message -> returned.put(message.position(), message));
    changed();
  }

  /** Ends the queue: drops its messages and fails the publishers that wait. */
  void delete(String why) {
    deleted = true;
    ServiceFailure failure = new ServiceFailure(ErrorCode.UNAVAILABLE, why);
    consumerBuffers.clear().forEach(m -> m.fail(failure));
    fresh.forEach(m -> m.fail(failure));
    returned.values().forEach(m -> m.fail(failure));
    delayed.values().forEach(m -> m.fail(failure));
    fresh.clear();
    returned.clear();
    delayed.clear();
    tally.bytes -= bytes;
    size = 0;
    bytes = 0;
  }

  /** Hands out messages, once for all calls in the same turn of the event loop. */
  @Override
  public void changed() {
    if (!handOutPlanned) {
      handOutPlanned = true;
      brokerContext.runOnContext(v -> handOut());
    }
  }

  private void handOut() {
    handOutPlanned = false;
    ConsumerBuffer<EmbeddedMessage> consumerBuffer = hasMessages() ? consumerBuffers.next() : null;
    while (consumerBuffer != null) {
      consumerBuffer.give(take());
      consumerBuffer = hasMessages() ? consumerBuffers.next() : null;
    }
    consumerBuffers.flush();
  }

  private boolean hasMessages() {
    return !fresh.isEmpty() || !returned.isEmpty();
  }

  private EmbeddedMessage take() {
    Map.Entry<Long, EmbeddedMessage> first = returned.pollFirstEntry();
    return first != null ? first.getValue() : fresh.poll();
  }

  private void returnLost(EmbeddedMessage message) {
    if (message.deliveries() >= spec.maxDeliveries()) {
      deadLetter(
          message,
          "given up after " + message.deliveries() + " deliveries: its consumer went away");
    } else {
      returned.put(message.position(), message);
    }
  }

  private void delay(EmbeddedMessage message, long millis) {
    delayed.put(message.position(), message);
    brokerContext
        .owner()
        .setTimer(
            millis,
            id -> {
              if (!deleted && delayed.remove(message.position()) != null) {
                returned.put(message.position(), message);
                changed();
              }
            });
  }

  private void deadLetter(EmbeddedMessage message, String reason) {
    deadLetters.add(name, message, reason);
    done(message);
  }

  private void done(EmbeddedMessage message) {
    removed(message);
    message.confirm();
  }

  private void removed(EmbeddedMessage message) {
    size--;
    bytes -= message.body().length();
    tally.bytes -= message.body().length();
  }
}
