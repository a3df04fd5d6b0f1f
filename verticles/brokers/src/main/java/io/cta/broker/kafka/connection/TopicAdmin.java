package io.cta.broker.kafka.connection;

import io.cta.broker.BackoffPolicy;
import io.cta.error.ServiceFailure;
import io.cta.message.QueueNames;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Makes and removes topics, and remembers which exist: a producer that is asked for a missing topic
 * would wait for it. Touched on the broker's context only.
 */
public final class TopicAdmin {
  private final MonotonicClock ticker;
  private static final int MAX_REMOVED = 10_000;
  private static final long REMEMBER_REMOVED_NANOS = TimeUnit.SECONDS.toNanos(5);

  /**
   * Waits between checks for a topic: one that another server has just made may not be known to
   * every Kafka broker yet.
   */
  private static final BackoffPolicy CHECK_AGAIN = new BackoffPolicy(50, 100);

  private static final int MAX_CHECKS = 3;

  private final LinkWatch link;
  private final KafkaSettings settings;
  private final Set<String> known = new HashSet<>();
  private final Map<String, Long> removed = new LinkedHashMap<>();
  private final Map<String, Future<Void>> checking = new HashMap<>();

  public TopicAdmin(LinkWatch link, KafkaSettings settings, MonotonicClock ticker) {
    this.ticker = ticker;
    this.link = link;
    this.settings = settings;
  }

  public boolean known(String queue) {
    return known.contains(queue);
  }

  /** The topic turned out to be missing. */
  public void forget(String queue) {
    known.remove(queue);
  }

  /** Makes a topic; one that exists is left as it is. */
  public Future<Void> declare(String queue) {
    if (known.contains(queue)) {
      return Future.succeededFuture();
    }
    // callers of require() wait for this future meanwhile
    return checking(queue, create(queue, TopicKind.of(queue).topic(queue, settings)));
  }

  private Future<Void> create(String queue, NewTopic topic) {
    return link.ask(a -> a.createTopics(List.of(topic)).all())
        .recover(
            e ->
                e instanceof TopicExistsException
                    ? Future.succeededFuture()
                    : Future.failedFuture(KafkaFailures.toServiceFailure(queue, e)))
        .onSuccess(
            v -> {
              removed.remove(queue);
              known.add(queue);
            });
  }

  private Future<Void> checking(String queue, Future<Void> check) {
    if (!check.isComplete()) {
      checking.put(queue, check);
      check.onComplete(done -> checking.remove(queue, check));
    }
    return check;
  }

  /** Succeeds when the topic exists, else fails with NOT_FOUND; makes the topic of dead letters. */
  public Future<Void> require(String queue) {
    if (known.contains(queue)) {
      return Future.succeededFuture();
    }
    if (queue.equals(QueueNames.DEAD_LETTER)) {
      return declare(queue);
    }
    Future<Void> pending = checking.get(queue);
    if (pending != null) {
      return pending;
    }
    return justRemoved(queue)
        ? Future.failedFuture(ServiceFailure.notFound("queue", queue))
        : checking(queue, check(queue));
  }

  public Future<Void> delete(String queue) {
    known.remove(queue);
    removed.put(queue, ticker.nanos());
    if (removed.size() > MAX_REMOVED) {
      removed.remove(removed.keySet().iterator().next());
    }
    return link.ask(a -> a.deleteTopics(List.of(queue)).all())
        .recover(
            e ->
                KafkaFailures.missing(e)
                    ? Future.succeededFuture()
                    : Future.failedFuture(KafkaFailures.toServiceFailure(queue, e)));
  }

  /**
   * Forgets how far a queue was processed, so that a new queue of this name does not begin there.
   */
  public Future<Void> forgetOffsets(String group, String queue, int partitions) {
    Set<TopicPartition> all = new HashSet<>();
    for (int i = 0; i < partitions; i++) {
      all.add(new TopicPartition(queue, i));
    }
    return link.askOnce(a -> a.deleteConsumerGroupOffsets(group, all).all()).otherwiseEmpty();
  }

  /** Removes the records before these offsets. */
  public Future<Void> truncate(Map<TopicPartition, Long> offsets) {
    Map<TopicPartition, RecordsToDelete> until = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> until.put(partition, RecordsToDelete.beforeOffset(offset)));
    return link.askOnce(a -> a.deleteRecords(until).all());
  }

  /** Asks Kafka whether the topic exists, whatever is remembered. */
  public Future<Void> check(String queue) {
    return check(queue, 1)
        .transform(
            done -> {
              if (done.failed() || justRemoved(queue)) {
                known.remove(queue);
                return Future.failedFuture(
                    done.failed()
                        ? KafkaFailures.toServiceFailure(queue, done.cause())
                        : ServiceFailure.notFound("queue", queue));
              }
              known.add(queue);
              return Future.succeededFuture();
            });
  }

  private Future<?> check(String queue, int attempt) {
    return link.ask(a -> a.describeTopics(List.of(queue)).allTopicNames())
        .<Object>mapEmpty()
        .recover(
            e ->
                KafkaFailures.missing(e) && attempt < MAX_CHECKS
                    ? link.later(
                        CHECK_AGAIN.after(attempt), () -> check(queue, attempt + 1).mapEmpty())
                    : Future.failedFuture(e));
  }

  private boolean justRemoved(String queue) {
    Long since = removed.get(queue);
    return since != null && ticker.nanos() - since < REMEMBER_REMOVED_NANOS;
  }
}
