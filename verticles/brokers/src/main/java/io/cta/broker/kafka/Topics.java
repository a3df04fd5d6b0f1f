package io.cta.broker.kafka;

import io.cta.error.ServiceFailure;
import io.cta.message.Queues;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Makes and removes topics, and remembers which there are: a producer that is asked for a topic
 * that is not there would wait for it. Touched on the broker's context only.
 */
final class Topics {
  private static final int REMOVED = 10_000;

  private final LinkWatch link;
  private final KafkaSettings settings;
  private final Set<String> known = new HashSet<>();
  private final Set<String> removed = new LinkedHashSet<>();
  private final Map<String, Future<Void>> looking = new HashMap<>();

  Topics(LinkWatch link, KafkaSettings settings) {
    this.link = link;
    this.settings = settings;
  }

  boolean known(String queue) {
    return known.contains(queue);
  }

  Set<String> known() {
    return Set.copyOf(known);
  }

  /** A topic turned out not to be there. */
  void forget(String queue) {
    known.remove(queue);
  }

  /** Makes a topic, or leaves the one there as it is. */
  Future<Void> declare(String queue) {
    if (known.contains(queue)) {
      return Future.succeededFuture();
    }
    TopicKind kind = TopicKind.of(queue);
    return link.ask(a -> a.createTopics(List.of(kind.topic(queue, settings))).all())
        .recover(
            e ->
                e instanceof TopicExistsException
                    ? Future.succeededFuture()
                    : Future.failedFuture(Failures.known(queue, e)))
        .onSuccess(
            v -> {
              removed.remove(queue);
              known.add(queue);
            });
  }

  /** Succeeds when the topic is there, else fails with NOT_FOUND; that of dead letters is made. */
  Future<Void> require(String queue) {
    if (known.contains(queue)) {
      return Future.succeededFuture();
    }
    if (queue.equals(Queues.DEAD_LETTER)) {
      return declare(queue);
    }
    if (removed.contains(queue)) {
      return Future.failedFuture(ServiceFailure.notFound("queue", queue));
    }
    Future<Void> under = looking.get(queue);
    if (under == null) {
      under = look(queue);
      if (!under.isComplete()) {
        looking.put(queue, under);
      }
    }
    return under;
  }

  Future<Void> delete(String queue) {
    known.remove(queue);
    removed.add(queue);
    if (removed.size() > REMOVED) {
      removed.remove(removed.iterator().next());
    }
    return link.ask(a -> a.deleteTopics(List.of(queue)).all())
        .recover(
            e ->
                Failures.missing(e)
                    ? Future.succeededFuture()
                    : Future.failedFuture(Failures.known(queue, e)));
  }

  /** Forgets how far a queue was processed, lest a new one of the name begins there. */
  Future<Void> forgetOffsets(String group, String queue, int partitions) {
    Set<TopicPartition> all = new HashSet<>();
    for (int i = 0; i < partitions; i++) {
      all.add(new TopicPartition(queue, i));
    }
    return link.once(a -> a.deleteConsumerGroupOffsets(group, all).all()).otherwiseEmpty();
  }

  /** Those of the queues that are not there any more. */
  Future<Set<String>> missing(Set<String> queues) {
    return link.ask(a -> a.listTopics().names())
        .map(
            there -> {
              Set<String> missing = new HashSet<>(queues);
              missing.removeAll(there);
              return missing;
            });
  }

  /** Removes the records in front of these offsets. */
  Future<Void> truncate(Map<TopicPartition, Long> offsets) {
    Map<TopicPartition, RecordsToDelete> until = new HashMap<>();
    offsets.forEach(
        (partition, offset) -> until.put(partition, RecordsToDelete.beforeOffset(offset)));
    return link.once(a -> a.deleteRecords(until).all());
  }

  private Future<Void> look(String queue) {
    return link.ask(a -> a.describeTopics(List.of(queue)).allTopicNames())
        .transform(
            done -> {
              looking.remove(queue);
              if (done.failed()) {
                return Future.failedFuture(Failures.known(queue, done.cause()));
              }
              known.add(queue);
              return Future.succeededFuture();
            });
  }
}
