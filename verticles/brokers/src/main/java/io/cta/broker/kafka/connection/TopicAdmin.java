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
 * Makes and removes topics, and remembers which there are: a producer that is asked for a topic
 * that is not there would wait for it. Touched on the broker's context only.
 */
public final class TopicAdmin {
  private final MonotonicClock ticker;
  private static final int REMOVED = 10_000;
  private static final long REMOVED_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** A topic that another server has just made may not be known to every Kafka broker yet. */
  private static final BackoffPolicy LOOK_AGAIN = new BackoffPolicy(50, 100);

  private static final int LOOKS = 3;

  private final LinkWatch link;
  private final KafkaSettings settings;
  private final Set<String> known = new HashSet<>();
  private final Map<String, Long> removed = new LinkedHashMap<>();
  private final Map<String, Future<Void>> looking = new HashMap<>();

  public TopicAdmin(LinkWatch link, KafkaSettings settings, MonotonicClock ticker) {
    this.ticker = ticker;
    this.link = link;
    this.settings = settings;
  }

  public boolean known(String queue) {
    return known.contains(queue);
  }

  /** A topic turned out not to be there. */
  public void forget(String queue) {
    known.remove(queue);
  }

  /** Makes a topic, or leaves the one there as it is. */
  public Future<Void> declare(String queue) {
    if (known.contains(queue)) {
      return Future.succeededFuture();
    }
    // who asks for it meanwhile waits for it
    return looking(queue, create(queue, TopicKind.of(queue).topic(queue, settings)));
  }

  private Future<Void> create(String queue, NewTopic topic) {
    return link.ask(a -> a.createTopics(List.of(topic)).all())
        .recover(
            e ->
                e instanceof TopicExistsException
                    ? Future.succeededFuture()
                    : Future.failedFuture(KafkaFailures.known(queue, e)))
        .onSuccess(
            v -> {
              removed.remove(queue);
              known.add(queue);
            });
  }

  private Future<Void> looking(String queue, Future<Void> look) {
    if (!look.isComplete()) {
      looking.put(queue, look);
      look.onComplete(done -> looking.remove(queue, look));
    }
    return look;
  }

  /** Succeeds when the topic is there, else fails with NOT_FOUND; that of dead letters is made. */
  public Future<Void> require(String queue) {
    if (known.contains(queue)) {
      return Future.succeededFuture();
    }
    if (queue.equals(QueueNames.DEAD_LETTER)) {
      return declare(queue);
    }
    Future<Void> under = looking.get(queue);
    if (under != null) {
      return under;
    }
    return justRemoved(queue)
        ? Future.failedFuture(ServiceFailure.notFound("queue", queue))
        : looking(queue, look(queue));
  }

  public Future<Void> delete(String queue) {
    known.remove(queue);
    removed.put(queue, ticker.nanos());
    if (removed.size() > REMOVED) {
      removed.remove(removed.keySet().iterator().next());
    }
    return link.ask(a -> a.deleteTopics(List.of(queue)).all())
        .recover(
            e ->
                KafkaFailures.missing(e)
                    ? Future.succeededFuture()
                    : Future.failedFuture(KafkaFailures.known(queue, e)));
  }

  /** Forgets how far a queue was processed, lest a new one of the name begins there. */
  public Future<Void> forgetOffsets(String group, String queue, int partitions) {
    Set<TopicPartition> all = new HashSet<>();
    for (int i = 0; i < partitions; i++) {
      all.add(new TopicPartition(queue, i));
    }
    return link.once(a -> a.deleteConsumerGroupOffsets(group, all).all()).otherwiseEmpty();
  }

  /** Removes the records in front of these offsets. */
  public Future<Void> truncate(Map<TopicPartition, Long> offsets) {
    Map<TopicPartition, RecordsToDelete> until = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> until.put(partition, RecordsToDelete.beforeOffset(offset)));
    return link.once(a -> a.deleteRecords(until).all());
  }

  /** Asks Kafka whether the topic is there, whatever is remembered. */
  public Future<Void> look(String queue) {
    return look(queue, 1)
        .transform(
            done -> {
              if (done.failed() || justRemoved(queue)) {
                known.remove(queue);
                return Future.failedFuture(
                    done.failed()
                        ? KafkaFailures.known(queue, done.cause())
                        : ServiceFailure.notFound("queue", queue));
              }
              known.add(queue);
              return Future.succeededFuture();
            });
  }

  private Future<?> look(String queue, int attempt) {
    return link.ask(a -> a.describeTopics(List.of(queue)).allTopicNames())
        .<Object>mapEmpty()
        .recover(
            e ->
                KafkaFailures.missing(e) && attempt < LOOKS
                    ? link.later(
                        LOOK_AGAIN.after(attempt), () -> look(queue, attempt + 1).mapEmpty())
                    : Future.failedFuture(e));
  }

  private boolean justRemoved(String queue) {
    Long since = removed.get(queue);
    return since != null && ticker.nanos() - since < REMOVED_NANOS;
  }
}
