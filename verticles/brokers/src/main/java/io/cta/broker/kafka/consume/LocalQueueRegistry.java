package io.cta.broker.kafka.consume;

import io.cta.broker.BackoffPolicy;
import io.cta.broker.handout.ConsumerBuffer;
import io.cta.broker.kafka.connection.KafkaFailures;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The queues that this process reads: reading a queue begins with its first subscriber and ends
 * with its last. Touched on the broker's context only.
 */
public final class LocalQueueRegistry {
  private static final BackoffPolicy RETRY = new BackoffPolicy(100, 5_000);

  private final Context brokerContext;
  private final Function<String, LocalQueue> factory;
  private final Map<String, ActiveQueue> running = new HashMap<>();
  private final Map<String, Future<Void>> stopping = new HashMap<>();

  /** A queue, the number of its subscribers (those that are joining included), and its start. */
  private static final class ActiveQueue {
    private final LocalQueue queue;
    private int users;
    private Future<Void> started;
    private boolean ended;

    private ActiveQueue(LocalQueue queue) {
      this.queue = queue;
    }
  }

  /**
   * @param factory makes a queue with its source
   */
  public LocalQueueRegistry(Context brokerContext, Function<String, LocalQueue> factory) {
    this.brokerContext = brokerContext;
    this.factory = factory;
  }

  public int size() {
    return running.size();
  }

  public Set<String> names() {
    return Set.copyOf(running.keySet());
  }

  /** Adds a subscriber; completes with the queue once it is being read. */
  public Future<LocalQueue> join(String name) {
    Future<Void> before = stopping.getOrDefault(name, Future.succeededFuture());
    return before.transform(
        over -> {
          ActiveQueue active = running.get(name);
          if (active == null) {
            active = new ActiveQueue(factory.apply(name));
            running.put(name, active);
            active.started = start(active, 1);
          }
          active.users++;
          return joined(name, active);
        });
  }

  private Future<LocalQueue> joined(String name, ActiveQueue active) {
    return active
        .started
        .map(active.queue)
        .onFailure(
            e -> {
              active.ended = true;
              if (running.remove(name, active)) {
                active.queue.source().drop();
              }
            });
  }

  /** Removes a subscriber; completes when no further delivery will come. */
  public Future<Void> leave(LocalQueue queue, ConsumerBuffer<KafkaMessage> consumerBuffer) {
    queue.close(consumerBuffer);
    ActiveQueue active = running.get(queue.name());
    if (active == null || active.queue != queue || --active.users > 0) {
      return Future.succeededFuture();
    }
    return stop(active);
  }

  /** Stops reading a queue that was deleted. */
  public Future<Void> drop(String name) {
    ActiveQueue active = running.remove(name);
    if (active == null) {
      return Future.succeededFuture();
    }
    active.ended = true;
    active.queue.clear();
    return ending(name, active.queue.source().drop());
  }

  public Future<Void> stopAll() {
    List<Future<Void>> all = new ArrayList<>();
    for (ActiveQueue active : List.copyOf(running.values())) {
      active.queue.clear();
      all.add(stop(active));
    }
    return Future.join(all).<Void>mapEmpty().otherwiseEmpty();
  }

  private Future<Void> stop(ActiveQueue active) {
    active.ended = true;
    running.remove(active.queue.name(), active);
    return ending(active.queue.name(), active.queue.source().stop());
  }

  private Future<Void> ending(String name, Future<Void> end) {
    Future<Void> over = end.otherwiseEmpty();
    stopping.put(name, over);
    return over.onComplete(done -> stopping.remove(name, over));
  }

  private Future<Void> start(ActiveQueue active, int attempt) {
    return active
        .queue
        .source()
        .start()
        .recover(
            e -> {
              if (active.ended || !KafkaFailures.temporary(e)) {
                return Future.failedFuture(KafkaFailures.toServiceFailure(active.queue.name(), e));
              }
              Promise<Void> later = Promise.promise();
              brokerContext
                  .owner()
                  .setTimer(
                      RETRY.after(attempt), id -> start(active, attempt + 1).onComplete(later));
              return later.future();
            });
  }
}
