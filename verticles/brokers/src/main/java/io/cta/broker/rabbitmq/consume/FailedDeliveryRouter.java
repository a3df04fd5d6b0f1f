package io.cta.broker.rabbitmq.consume;

import io.cta.broker.RedeliveryDecision;
import io.cta.broker.rabbitmq.publish.PendingPublish;
import io.cta.broker.rabbitmq.publish.PublishChannels;
import io.cta.broker.rabbitmq.topology.DelayQueues;
import io.cta.broker.rabbitmq.topology.QueueArguments;
import io.cta.broker.rabbitmq.topology.TopologyAdmin;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.QueueNames;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves deliveries to the dead letters, or to the queue where they wait for their next try.
 * Broker's context only.
 */
public final class FailedDeliveryRouter {
  private final Clock clock;
  private static final Logger log = LoggerFactory.getLogger(FailedDeliveryRouter.class);

  private final PublishChannels channels;
  private final TopologyAdmin topologyAdmin;
  private long deadLettered;

  public FailedDeliveryRouter(PublishChannels channels, TopologyAdmin topologyAdmin, Clock clock) {
    this.clock = clock;
    this.channels = channels;
    this.topologyAdmin = topologyAdmin;
  }

  /** Logs and counts a message that is about to be a dead letter; call once for each. */
  public void report(String queue, RabbitDelivery message, RedeliveryDecision decision) {
    if (decision.kind() != RedeliveryDecision.Kind.DEAD) {
      return;
    }
    if (QueueNames.DEAD_LETTER.equals(queue)) {
      log.error(
          "dead letter dropped [reason: {}, bytes: {}]", decision.reason(), message.body().length);
      return;
    }
    deadLettered++;
    log.warn(
        "message dead-lettered [queue: {}, reason: {}, deliveries: {}, bytes: {}]",
        queue,
        decision.reason(),
        decision.tries().failed(),
        message.body().length);
  }

  /**
   * Completes when the server has the message in its new place, so that the delivery can be acked.
   */
  public Future<Void> move(String queue, RabbitDelivery message, RedeliveryDecision decision) {
    if (decision.kind() == RedeliveryDecision.Kind.AGAIN) {
      return publish(retry(queue, message, decision));
    }
    // a dead letter that its own reader cannot process has no other queue
    return QueueNames.DEAD_LETTER.equals(queue)
        ? Future.succeededFuture()
        : publish(dead(queue, message, decision));
  }

  public long deadLettered() {
    return deadLettered;
  }

  private Future<Void> publish(PendingPublish publish) {
    return channels
        .publish(publish)
        .onFailure(
            e -> {
              if (ServiceFailure.is(e, ErrorCode.NOT_FOUND)) {
                // somebody has removed an exchange that it goes through
                topologyAdmin.base();
              }
            });
  }

  private static PendingPublish retry(
      String queue, RabbitDelivery message, RedeliveryDecision decision) {
    Map<String, Object> headers =
        DeliveryCountHeaders.withCounts(message.headers(), decision.tries());
    headers.put(DelayQueues.HEADER, Long.toString(decision.waitMillis()));
    return new PendingPublish(QueueArguments.DELAY, queue, headers, Buffer.buffer(message.body()));
  }

  private PendingPublish dead(String queue, RabbitDelivery message, RedeliveryDecision decision) {
    Map<String, Object> headers =
        DeadLetterHeaders.headers(
            queue, decision.reason(), clock.instant(), decision.tries().failed());
    return new PendingPublish(
        QueueArguments.DEAD_LETTERS, queue, headers, Buffer.buffer(message.body()));
  }
}
