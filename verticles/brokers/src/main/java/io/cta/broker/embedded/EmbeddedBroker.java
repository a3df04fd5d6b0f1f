package io.cta.broker.embedded;

import io.cta.broker.BrokerHealth;
import io.cta.broker.CallerPromise;
import io.cta.broker.DeliveryHandler;
import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSpec;
import io.cta.broker.QueueSubscription;
import io.cta.broker.handout.ConsumerBuffer;
import io.cta.broker.handout.LocalSubscription;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.QueueNames;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A broker that keeps its queues in memory. Safe from any context: all queues live on one context
 * of their own, and every call hops there and back. {@code cta.dead-letter} always exists; its
 * messages are {@link io.cta.broker.DeadLetter}s.
 */
public final class EmbeddedBroker implements MessageBroker {
  private final Vertx vertx;
  private final Context brokerContext;
  private final long maxBytes;
  private final Map<String, EmbeddedQueue> queues = new HashMap<>();
  private final EmbeddedQueue.Tally tally = new EmbeddedQueue.Tally();
  private final DeadLetterQueue deadLetterQueue;
  private boolean closed;

  /** Holds at most a quarter of the heap. */
  public EmbeddedBroker(Vertx vertx, Clock clock) {
    this(vertx, clock, Runtime.getRuntime().maxMemory() / 4);
  }

  public EmbeddedBroker(Vertx vertx, Clock clock, long maxBytes) {
    this.vertx = vertx;
    this.brokerContext = vertx.getOrCreateContext();
    this.maxBytes = maxBytes;
    EmbeddedQueue dead =
        new EmbeddedQueue(
            QueueNames.DEAD_LETTER,
            DeadLetterQueue.SPEC,
            brokerContext,
            tally,
            DeadLetterQueue::drop);
    this.deadLetterQueue = new DeadLetterQueue(dead, clock);
    queues.put(QueueNames.DEAD_LETTER, dead);
  }

  @Override
  public Future<Void> declare(String name, QueueSpec spec) {
    return onBrokerContext(
        answer -> {
          EmbeddedQueue existing = queues.get(name);
          if (existing != null && !DeadLetterQueue.is(name) && !existing.spec().equals(spec)) {
            String text = "queue " + name + " is there with other settings: " + existing.spec();
            answer.fail(new ServiceFailure(ErrorCode.CONFLICT, text));
            return;
          }
          queues.computeIfAbsent(
              name, n -> new EmbeddedQueue(n, spec, brokerContext, tally, deadLetterQueue::add));
          answer.succeed(null);
        });
  }

  @Override
  public Future<Void> publish(String name, Buffer message) {
    return onBrokerContext(
        answer -> {
          EmbeddedQueue queue = require(name);
          if (queue.full()) {
            throw full("queue " + name + " holds " + queue.size() + " messages and is full");
          }
          if (tally.bytes + message.length() > maxBytes) {
            throw full("the broker holds " + tally.bytes + " bytes and is full");
          }
          boolean safe = queue.spec().confirm() == QueueSpec.Confirm.SAFE;
          queue.add(message, safe ? answer : null);
          if (!safe) {
            answer.succeed(null);
          }
        });
  }

  @Override
  public Future<QueueSubscription> subscribe(String name, int prefetch, DeliveryHandler handler) {
    if (prefetch < 1) {
      return Future.failedFuture(ServiceFailure.invalid("prefetch", "must be 1 or more"));
    }
    return onBrokerContext(
        answer -> {
          EmbeddedQueue queue = require(name);
          LocalSubscription<EmbeddedMessage> subscription =
              new LocalSubscription<>(
                  work -> brokerContext.runOnContext(v -> work.run()),
                  answer.caller(),
                  queue,
                  prefetch,
                  handler,
                  consumerBuffer -> cancel(queue, consumerBuffer));
          // answer before the first delivery: both go to the caller's context
          answer.succeed(subscription);
          queue.open(subscription.buffer());
        });
  }

  private Future<Void> cancel(EmbeddedQueue queue, ConsumerBuffer<EmbeddedMessage> consumerBuffer) {
    return onBrokerContext(
        answer -> {
          queue.close(consumerBuffer);
          answer.succeed(null);
        });
  }

  @Override
  public Future<Void> delete(String name) {
    return onBrokerContext(
        answer -> {
          EmbeddedQueue queue = DeadLetterQueue.is(name) ? null : queues.remove(name);
          if (queue != null) {
            queue.delete("queue " + name + " was deleted");
          }
          answer.succeed(null);
        });
  }

  @Override
  public Future<BrokerHealth> health() {
    return onBrokerContext(
        answer -> {
          int held = queues.values().stream().mapToInt(EmbeddedQueue::size).sum();
          String detail =
              queues.size() + " queues, " + held + " messages, " + deadLetterQueue.describe();
          answer.succeed(new BrokerHealth(!closed, detail, deadLetterQueue.count()));
        });
  }

  @Override
  public Future<Void> close() {
    return onBrokerContext(
        answer -> {
          closed = true;
          queues.values().forEach(q -> q.delete("the broker is closed"));
          queues.keySet().removeIf(name -> !DeadLetterQueue.is(name));
          answer.succeed(null);
        });
  }

  /** Runs work on the broker's context; the future completes on the caller's. */
  private <T> Future<T> onBrokerContext(Consumer<CallerPromise<T>> work) {
    CallerPromise<T> answer = new CallerPromise<>(vertx);
    brokerContext.runOnContext(
        v -> {
          try {
            work.accept(answer);
          } catch (RuntimeException e) {
            answer.fail(e);
          }
        });
    return answer.future();
  }

  private EmbeddedQueue require(String name) {
    EmbeddedQueue queue = queues.get(name);
    if (closed) {
      throw new ServiceFailure(ErrorCode.UNAVAILABLE, "the broker is closed");
    }
    if (queue == null) {
      throw ServiceFailure.notFound("queue", name);
    }
    return queue;
  }

  private ServiceFailure full(String text) {
    return new ServiceFailure(ErrorCode.UNAVAILABLE, text);
  }
}
