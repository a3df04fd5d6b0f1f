package io.cta.broker.rabbitmq;

import io.cta.broker.QueueSpec;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.Queues;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queues this process has declared, which it makes again when they are missing. Home only. */
final class Declared {
  private static final Logger log = LoggerFactory.getLogger(Declared.class);

  private final Topology topology;
  private final UntilUp untilUp;
  private final Map<String, QueueSpec> specs = new HashMap<>();

  Declared(Topology topology, UntilUp untilUp) {
    this.topology = topology;
    this.untilUp = untilUp;
  }

  Future<Void> declare(String queue, QueueSpec spec) {
    if (Queues.DEAD_LETTER.equals(queue)) {
      return untilUp.call(topology::base);
    }
    QueueSpec known = specs.get(queue);
    if (known != null && !known.equals(spec)) {
      String text = "queue " + queue + " is there with other settings: " + known;
      return Future.failedFuture(new ServiceFailure(ErrorCode.CONFLICT, text));
    }
    return untilUp.call(() -> topology.declare(queue, spec)).onSuccess(v -> specs.put(queue, spec));
  }

  Future<Void> delete(String queue) {
    if (Queues.DEAD_LETTER.equals(queue)) {
      return Future.succeededFuture();
    }
    specs.remove(queue);
    return untilUp.call(() -> topology.delete(queue));
  }

  /** Makes a queue again that was declared here; null when it was not. */
  Future<Void> again(String queue) {
    if (Queues.DEAD_LETTER.equals(queue)) {
      return untilUp.call(topology::base);
    }
    QueueSpec spec = specs.get(queue);
    return spec == null ? null : untilUp.call(() -> topology.declare(queue, spec));
  }

  /**
   * Makes all again, after a reconnect to a server that may have lost them. Not the queues of
   * executions: another node may have removed them since, and one that is still needed is made
   * again when something is published to it.
   */
  void allAgain() {
    next(List.copyOf(specs.keySet()).iterator());
  }

  int maxDeliveries(String queue) {
    if (Queues.DEAD_LETTER.equals(queue)) {
      return Integer.MAX_VALUE;
    }
    return specs.getOrDefault(queue, QueueSpec.commands()).maxDeliveries();
  }

  int size() {
    return specs.size();
  }

  private void next(Iterator<String> queues) {
    while (queues.hasNext()) {
      String queue = queues.next();
      QueueSpec spec = specs.get(queue);
      if (spec != null && Queues.executionOf(queue) == null) {
        topology.declare(queue, spec).onComplete((v, e) -> declared(queue, e, queues));
        return;
      }
    }
  }

  private void declared(String queue, Throwable failure, Iterator<String> others) {
    Reply reply = failure == null ? null : Reply.of(failure);
    if (reply != null) {
      log.warn("queue not declared again [queue: {}, reason: {}]", queue, reply.text());
    }
    // when the connection is gone all begins anew with the next
    if (reply == null || reply.channel()) {
      next(others);
    }
  }
}
