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
 * One queue. A message is either fresh, returned (put back, delivered again before any fresh one),
 * delayed after a failure, or unsettled with an {@link ConsumerBuffer}. Touched on the broker's
 * context only.
 */
final class EmbeddedQueue implements DeliverySource<EmbeddedMessage> {
  private final String name;
  private final QueueSpec spec;
  private final Context home;
  private final Tally tally;
  private final DeadLetterSink deadLetters;
  private final ArrayDeque<EmbeddedMessage> fresh = new ArrayDeque<>();
  private final TreeMap<Long, EmbeddedMessage> returned = new TreeMap<>();
  private final Map<Long, EmbeddedMessage> delayed = new TreeMap<>();
  private final ConsumerBuffers<EmbeddedMessage> consumerBuffers = new ConsumerBuffers<>();
  private long positions;
  private long bytes;
  private int size;
  private boolean pumping;
  private boolean deleted;

  /** What all queues of a broker hold together. */
  static final class Tally {
    long bytes;
  }

  /** Where messages go that are given up. */
  interface DeadLetterSink {
    void add(String queue, EmbeddedMessage message, String reason);
  }

  EmbeddedQueue(
      String name, QueueSpec spec, Context home, Tally tally, DeadLetterSink deadLetters) {
    this.name = name;
    this.spec = spec;
    this.home = home;
    this.tally = tally;
    this.deadLetters = deadLetters;
  }

  QueueSpec spec() {
    return spec;
  }

  /** Messages it is responsible for, those with consumers included. */
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
    fresh.add(new EmbeddedMessage(positions++, body, waiting));
    size++;
    bytes += body.length();
    tally.bytes += body.length();
    changed();
  }

  /** Gives up the oldest message that is not with a consumer; false when there is none. */
  boolean dropOldest() {
    EmbeddedMessage oldest = take();
    if (oldest != null) {
      gone(oldest);
    }
    return oldest != null;
  }

  void open(ConsumerBuffer<EmbeddedMessage> consumerBuffer) {
    consumerBuffers.add(consumerBuffer);
    changed();
  }

  /** Ends an outlet; what it had goes back. */
  void close(ConsumerBuffer<EmbeddedMessage> consumerBuffer) {
    consumerBuffers.remove(consumerBuffer).forEach(this::lost);
    changed();
  }

  @Override
  public void settle(EmbeddedMessage message, Throwable failure) {
    RedeliveryDecision redeliveryDecision = message.fate(failure, spec.maxDeliveries());
    switch (redeliveryDecision.kind()) {
      case DONE -> done(message);
      case DEAD -> bury(message, redeliveryDecision.reason());
      case AGAIN -> delay(message, redeliveryDecision.waitMillis());
    }
    changed();
  }

  @Override
  public void giveBack(List<EmbeddedMessage> messages) {
    messages.forEach(message -> returned.put(message.position(), message));
    changed();
  }

  /** Ends the queue: what it holds is gone, and publishers that wait are told. */
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

  /** Hands out what there is; once for all that happens in the same turn of the event loop. */
  @Override
  public void changed() {
    if (!pumping) {
      pumping = true;
      home.runOnContext(v -> pump());
    }
  }

  private void pump() {
    pumping = false;
    ConsumerBuffer<EmbeddedMessage> consumerBuffer = waiting() ? consumerBuffers.next() : null;
    while (consumerBuffer != null) {
      consumerBuffer.give(take());
      consumerBuffer = waiting() ? consumerBuffers.next() : null;
    }
    consumerBuffers.flush();
  }

  private boolean waiting() {
    return !fresh.isEmpty() || !returned.isEmpty();
  }

  private EmbeddedMessage take() {
    Map.Entry<Long, EmbeddedMessage> first = returned.pollFirstEntry();
    return first != null ? first.getValue() : fresh.poll();
  }

  private void lost(EmbeddedMessage message) {
    if (message.deliveries() >= spec.maxDeliveries()) {
      bury(
          message,
          "given up after " + message.deliveries() + " deliveries: its consumer went away");
    } else {
      returned.put(message.position(), message);
    }
  }

  private void delay(EmbeddedMessage message, long millis) {
    delayed.put(message.position(), message);
    home.owner()
        .setTimer(
            millis,
            id -> {
              if (!deleted && delayed.remove(message.position()) != null) {
                returned.put(message.position(), message);
                changed();
              }
            });
  }

  private void bury(EmbeddedMessage message, String reason) {
    deadLetters.add(name, message, reason);
    done(message);
  }

  private void done(EmbeddedMessage message) {
    gone(message);
    message.confirm();
  }

  private void gone(EmbeddedMessage message) {
    size--;
    bytes -= message.body().length();
    tally.bytes -= message.body().length();
  }
}
