package io.cta.broker.rabbitmq.topology;

import io.cta.broker.QueueSpec;
import io.cta.broker.rabbitmq.connection.CloseReason;
import io.cta.broker.rabbitmq.connection.PendingOperations;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.QueueNames;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queues that this process has declared; makes them again when they are missing. Broker's
 * context only.
 */
public final class DeclaredQueues {
  private static final Logger log = LoggerFactory.getLogger(DeclaredQueues.class);

  /**
   * The wait between the end of a queue and the next of its name. If it is made again at once, the
   * server's channels may take the new one for the old, and swallow what it delivers.
   */
  private static final long RECREATE_WAIT_MILLIS = 500;

  private final TopologyAdmin topologyAdmin;
  private final PendingOperations pendingOperations;
  private final Map<String, QueueSpec> specs = new HashMap<>();
  private final Set<String> recreating = new HashSet<>();

  public DeclaredQueues(TopologyAdmin topologyAdmin, PendingOperations pendingOperations) {
    this.topologyAdmin = topologyAdmin;
    this.pendingOperations = pendingOperations;
  }

  public Future<Void> declare(String queue, QueueSpec spec) {
    if (QueueNames.DEAD_LETTER.equals(queue)) {
      return pendingOperations.call(topologyAdmin::base);
    }
    QueueSpec known = specs.get(queue);
    if (known != null && !known.equals(spec)) {
      String text = "queue " + queue + " is there with other settings: " + known;
      return Future.failedFuture(new ServiceFailure(ErrorCode.CONFLICT, text));
    }
    return pendingOperations
        .call(() -> topologyAdmin.declare(queue, spec))
        .onSuccess(v -> specs.put(queue, spec));
  }

  public Future<Void> delete(String queue) {
    if (QueueNames.DEAD_LETTER.equals(queue)) {
      return Future.succeededFuture();
    }
    specs.remove(queue);
    return pendingOperations.call(() -> topologyAdmin.delete(queue));
  }

  /** Makes a queue again that was declared here; null when it was not. */
  public Future<Void> redeclare(String queue) {
    if (QueueNames.DEAD_LETTER.equals(queue)) {
      return pendingOperations.call(topologyAdmin::base);
    }
    QueueSpec spec = specs.get(queue);
    return spec == null
        ? null
        : pendingOperations
            .pause(RECREATE_WAIT_MILLIS)
            .compose(v -> pendingOperations.call(() -> topologyAdmin.declare(queue, spec)));
  }

  /**
   * Removes a queue that does not answer although the server does, and makes it again. A server
   * that is killed within about a second of making a quorum queue can leave it without a leader for
   * ever. Queues of events are left alone, because nobody else has these messages any more: a
   * person has to decide. Commands that are lost with a queue are sent again by whoever waits for
   * their acknowledgement.
   */
  public void recreate(String queue) {
    QueueSpec spec = specs.get(queue);
    if (spec == null || spec.confirm() != QueueSpec.Confirm.STORED) {
      log.error(
          "queue does not answer and is left alone, see the broker's README [queue: {}]", queue);
    } else if (recreating.add(queue)) {
      log.error("queue does not answer, it is removed and made again [queue: {}]", queue);
      topologyAdmin
          .delete(queue)
          .compose(v -> pendingOperations.pause(RECREATE_WAIT_MILLIS))
          .compose(v -> topologyAdmin.declare(queue, spec))
          .onComplete((v, e) -> recreated(queue, e));
    }
  }

  private void recreated(String queue, Throwable failure) {
    recreating.remove(queue);
    if (failure != null) {
      log.error(
          "queue not made again [queue: {}, reason: {}]", queue, CloseReason.of(failure).text());
    }
  }

  /**
   * Makes all queues again, after a reconnect to a server that may have lost them. Not those of
   * executions: another node may have removed them since, and one that is still needed is made
   * again when something is published to it.
   */
  public void redeclareAll() {
    redeclareNext(List.copyOf(specs.keySet()).iterator());
  }

  public int maxDeliveries(String queue) {
    if (QueueNames.DEAD_LETTER.equals(queue)) {
      return Integer.MAX_VALUE;
    }
    return specs.getOrDefault(queue, QueueSpec.commands()).maxDeliveries();
  }

  public int size() {
    return specs.size();
  }

  private void redeclareNext(Iterator<String> queues) {
    while (queues.hasNext()) {
      String queue = queues.next();
      QueueSpec spec = specs.get(queue);
      if (spec != null && QueueNames.executionOf(queue) == null) {
        topologyAdmin.declare(queue, spec).onComplete((v, e) -> redeclared(queue, e, queues));
        return;
      }
    }
  }

  private void redeclared(String queue, Throwable failure, Iterator<String> others) {
    CloseReason closeReason = failure == null ? null : CloseReason.of(failure);
    if (closeReason != null) {
      log.warn("queue not declared again [queue: {}, reason: {}]", queue, closeReason.text());
    }
    // when the connection is lost, the next one begins anew with all queues
    if (closeReason == null || closeReason.channel()) {
      redeclareNext(others);
    }
  }
}
