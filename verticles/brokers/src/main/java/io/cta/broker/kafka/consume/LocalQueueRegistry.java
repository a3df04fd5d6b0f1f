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
 * The queues that this process reads: each begins with its first subscriber and ends with its last.
 * Touched on the broker's context only.
 */
public final class LocalQueueRegistry {
  private static final BackoffPolicy RETRY = new BackoffPolicy(100, 5_000);

  private final Context home;
  private final Function<String, LocalQueue> factory;
  private final Map<String, ActiveQueue> running = new HashMap<>();
  private final Map<String, Future<Void>> stopping = new HashMap<>();

  /** A queue, how many use it or are about to, and its beginning. */
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
   * @param factory makes a queue, with its source
   */
  public LocalQueueRegistry(Context home, Function<String, LocalQueue> factory) {
    this.home = home;
    this.factory = factory;
  }

  public int size() {
    return running.size();
  }

  public Set<String> names() {
    return Set.copyOf(running.keySet());
  }

  /** The queue for one more subscriber, once it is being read. */
  public Future<LocalQueue> join(String name) {
    Future<Void> before = stopping.getOrDefault(name, Future.succeededFuture());
    return before.transform(
        over -> {
          ActiveQueue channel = running.get(name);
          if (channel == null) {
            channel = new ActiveQueue(factory.apply(name));
            running.put(name, channel);
            channel.started = start(channel, 1);
          }
          channel.users++;
          return joined(name, channel);
        });
  }

  private Future<LocalQueue> joined(String name, ActiveQueue channel) {
    return channel
        .started
        .map(channel.queue)
        .onFailure(
            e -> {
              channel.ended = true;
              if (running.remove(name, channel)) {
                channel.queue.source().drop();
              }
            });
  }

  /** One subscriber less; completes when no further delivery will come. */
  public Future<Void> leave(LocalQueue queue, ConsumerBuffer<KafkaMessage> consumerBuffer) {
    queue.close(consumerBuffer);
    ActiveQueue channel = running.get(queue.name());
    if (channel == null || channel.queue != queue || --channel.users > 0) {
      return Future.succeededFuture();
    }
    return stop(channel);
  }

  /** The queue is no more. */
  public Future<Void> drop(String name) {
    ActiveQueue channel = running.remove(name);
    if (channel == null) {
      return Future.succeededFuture();
    }
    channel.ended = true;
    channel.queue.clear();
    return ending(name, channel.queue.source().drop());
  }

  public Future<Void> stopAll() {
    List<Future<Void>> all = new ArrayList<>();
    for (ActiveQueue channel : List.copyOf(running.values())) {
      channel.queue.clear();
      all.add(stop(channel));
    }
    return Future.join(all).<Void>mapEmpty().otherwiseEmpty();
  }

  private Future<Void> stop(ActiveQueue channel) {
    channel.ended = true;
    running.remove(channel.queue.name(), channel);
    return ending(channel.queue.name(), channel.queue.source().stop());
  }

  private Future<Void> ending(String name, Future<Void> end) {
    Future<Void> over = end.otherwiseEmpty();
    stopping.put(name, over);
    return over.onComplete(done -> stopping.remove(name, over));
  }

  private Future<Void> start(ActiveQueue channel, int attempt) {
    return channel
        .queue
        .source()
        .start()
        .recover(
            e -> {
              if (channel.ended || !KafkaFailures.passing(e)) {
                return Future.failedFuture(KafkaFailures.known(channel.queue.name(), e));
              }
              Promise<Void> later = Promise.promise();
              home.owner()
                  .setTimer(
                      RETRY.after(attempt), id -> start(channel, attempt + 1).onComplete(later));
              return later.future();
            });
  }
}
