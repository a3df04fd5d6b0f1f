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
 * The messages of a queue that wait in this process. Hands them to its subscribers in turn, in the
 * order of their positions, each up to its prefetch. Touched on the broker's context only.
 */
public final class LocalQueue implements DeliverySource<KafkaMessage> {
  private static final BackoffPolicy DEAD_LETTER_RETRY = new BackoffPolicy(500, 10_000);

  private final Vertx vertx;
  private final String name;
  private final IntSupplier maxDeliveries;
  private final DeadLetterPublisher deadLetterPublisher;
  private final TreeMap<Long, KafkaMessage> pending = new TreeMap<>();
  private final ConsumerBuffers<KafkaMessage> consumerBuffers = new ConsumerBuffers<>();
  private RecordSource source;
  private boolean handOutPlanned;

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

  /** Call once, before anything else. */
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

  /** Removes a subscriber's buffer; its messages go back. */
  void close(ConsumerBuffer<KafkaMessage> consumerBuffer) {
    consumerBuffers.remove(consumerBuffer).stream().filter(m -> !m.lost).forEach(source::returned);
    changed();
  }

  /** Ends all buffers and forgets all messages. */
  void clear() {
    consumerBuffers.clear();
    pending.clear();
  }

  /** Takes a message to hand out. */
  public void offer(KafkaMessage message) {
    if (message.deliveries() >= maxDeliveries.getAsInt()) {
      deadLetter(
          message,
          "given up after " + message.deliveries() + " deliveries: its consumer went away");
      return;
    }
    pending.put(message.position(), message);
    changed();
  }

  /** Forgets a waiting message, because another process has it now. */
  public void withdraw(KafkaMessage message) {
    message.lost = true;
    pending.remove(message.position());
  }

  @Override
  public void giveBack(List<KafkaMessage> messages) {
    messages.stream().filter(m -> !m.lost).forEach(source::returned);
    changed();
  }

  @Override
  public void settle(KafkaMessage message, Throwable failure) {
    // a failure of a lost message is left to the process that has it now
    if (failure == null || !message.lost) {
      RedeliveryDecision decision = message.decide(failure, maxDeliveries.getAsInt());
      switch (decision.kind()) {
        case DONE -> source.done(message);
        case DEAD -> deadLetter(message, decision.reason());
        case AGAIN -> source.retryLater(message, decision.waitMillis());
      }
    }
    changed();
  }

  /** Hands out messages, once for all calls in the same turn of the event loop. */
  @Override
  public void changed() {
    if (!handOutPlanned) {
      handOutPlanned = true;
      vertx.runOnContext(v -> handOut());
    }
  }

  /** Waiting messages that no subscriber here can take now, the last first. */
  public List<KafkaMessage> surplus() {
    return free() > 0 ? List.of() : List.copyOf(pending.descendingMap().values());
  }

  private void handOut() {
    handOutPlanned = false;
    ConsumerBuffer<KafkaMessage> consumerBuffer = pending.isEmpty() ? null : consumerBuffers.next();
    while (consumerBuffer != null) {
      consumerBuffer.give(pending.pollFirstEntry().getValue());
      consumerBuffer = pending.isEmpty() ? null : consumerBuffers.next();
    }
    consumerBuffers.flush();
    source.roomChanged();
  }

  /** The message is done once its dead letter is stored, not before. */
  private void deadLetter(KafkaMessage message, String reason) {
    deadLetter(message, reason, 1);
  }

  private void deadLetter(KafkaMessage message, String reason, int attempt) {
    deadLetterPublisher
        .add(name, message, reason)
        .onSuccess(v -> source.done(message))
        .onFailure(
            e ->
                vertx.setTimer(
                    DEAD_LETTER_RETRY.after(attempt),
                    id -> {
                      if (!message.lost) {
                        deadLetter(message, reason, attempt + 1);
                      }
                    }));
  }
}
