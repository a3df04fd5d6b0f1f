package io.cta.broker.kafka.consume;

import io.cta.broker.BackoffPolicy;
import io.cta.broker.RedeliveryDecision;
import io.cta.broker.handout.ConsumerBuffer;
import io.cta.broker.handout.ConsumerBuffers;
import io.cta.broker.handout.DeliverySource;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntSupplier;

/**
 * The messages of a queue that wait in this process, and who gets them: its subscribers in turn, in
 * the order of their positions, each up to its prefetch. Touched on the broker's context only.
 */
public final class LocalQueue implements DeliverySource<KafkaMessage> {
  private static final BackoffPolicy BURIAL = new BackoffPolicy(500, 10_000);

  private final Vertx vertx;
  private final String name;
  private final IntSupplier maxDeliveries;
  private final DeadLetterPublisher deadLetterPublisher;
  private final TreeMap<Long, KafkaMessage> pending = new TreeMap<>();
  private final ConsumerBuffers<KafkaMessage> consumerBuffers = new ConsumerBuffers<>();
  private RecordSource source;
  private boolean pumping;

  public LocalQueue(
      Vertx vertx,
      String name,
      IntSupplier maxDeliveries,
      DeadLetterPublisher deadLetterPublisher) {
    this.vertx = vertx;
    this.name = name;
    this.maxDeliveries = maxDeliveries;
    this.deadLetterPublisher = deadLetterPublisher;
  }

  /** To be called once, before anything else. */
  public void source(RecordSource from) {
    source = from;
  }

  RecordSource source() {
    return source;
  }

  public String name() {
    return name;
  }

  public int pending() {
    return pending.size();
  }

  /** Messages that could be handed out at once. */
  public int free() {
    return consumerBuffers.free();
  }

  int prefetch() {
    return consumerBuffers.prefetch();
  }

  boolean idle() {
    return consumerBuffers.isEmpty();
  }

  public void open(ConsumerBuffer<KafkaMessage> consumerBuffer) {
    consumerBuffers.add(consumerBuffer);
    changed();
  }

  /** Ends an outlet; what it had goes back. */
  void close(ConsumerBuffer<KafkaMessage> consumerBuffer) {
    consumerBuffers.remove(consumerBuffer).stream().filter(m -> !m.lost).forEach(source::untouched);
    changed();
  }

  /** Ends all outlets and forgets all messages. */
  void clear() {
    consumerBuffers.clear();
    pending.clear();
  }

  /** Takes a message to hand out. */
  public void offer(KafkaMessage message) {
    if (message.deliveries() >= maxDeliveries.getAsInt()) {
      bury(
          message,
          "given up after " + message.deliveries() + " deliveries: its consumer went away");
      return;
    }
    pending.put(message.position(), message);
    changed();
  }

  /** Forgets a message that waits, because it is another process's now. */
  public void withdraw(KafkaMessage message) {
    message.lost = true;
    pending.remove(message.position());
  }

  @Override
  public void giveBack(List<KafkaMessage> messages) {
    messages.stream().filter(m -> !m.lost).forEach(source::untouched);
    changed();
  }

  @Override
  public void settle(KafkaMessage message, Throwable failure) {
    if (failure == null || !message.lost) { // whoever has it now will find out
      RedeliveryDecision redeliveryDecision = message.fate(failure, maxDeliveries.getAsInt());
      switch (redeliveryDecision.kind()) {
        case DONE -> source.done(message);
        case DEAD -> bury(message, redeliveryDecision.reason());
        case AGAIN -> source.again(message, redeliveryDecision.waitMillis());
      }
    }
    changed();
  }

  /** Hands out what there is; once for all that happens in the same turn of the event loop. */
  @Override
  public void changed() {
    if (!pumping) {
      pumping = true;
      vertx.runOnContext(v -> pump());
    }
  }

  /** Waiting messages that nobody here can take now, the last first. */
  public List<KafkaMessage> surplus() {
    return free() > 0 ? List.of() : List.copyOf(pending.descendingMap().values());
  }

  private void pump() {
    pumping = false;
    ConsumerBuffer<KafkaMessage> consumerBuffer = pending.isEmpty() ? null : consumerBuffers.next();
    while (consumerBuffer != null) {
      consumerBuffer.give(pending.pollFirstEntry().getValue());
      consumerBuffer = pending.isEmpty() ? null : consumerBuffers.next();
    }
    consumerBuffers.flush();
    source.room();
  }

  /** The message is done once its letter is safe, not before. */
  private void bury(KafkaMessage message, String reason) {
    bury(message, reason, 1);
  }

  private void bury(KafkaMessage message, String reason, int attempt) {
    deadLetterPublisher
        .add(name, message, reason)
        .onSuccess(v -> source.done(message))
        .onFailure(
            e ->
                vertx.setTimer(
                    BURIAL.after(attempt),
                    id -> {
                      if (!message.lost) {
                        bury(message, reason, attempt + 1);
                      }
                    }));
  }
}
