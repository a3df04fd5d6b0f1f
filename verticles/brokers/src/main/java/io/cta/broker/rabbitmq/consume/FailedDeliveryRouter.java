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

/** Moves deliveries to the dead letters, or to where they wait for their next try. Home only. */
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

  /** Says and counts what is about to be a dead letter; once for each. */
  public void tell(String queue, RabbitDelivery message, RedeliveryDecision redeliveryDecision) {
    if (redeliveryDecision.kind() != RedeliveryDecision.Kind.DEAD) {
      return;
    }
    if (QueueNames.DEAD_LETTER.equals(queue)) {
      log.error(
          "dead letter dropped [reason: {}, bytes: {}]",
          redeliveryDecision.reason(),
          message.body().length);
      return;
    }
    deadLettered++;
    log.warn(
        "message dead-lettered [queue: {}, reason: {}, deliveries: {}, bytes: {}]",
        queue,
        redeliveryDecision.reason(),
        redeliveryDecision.tries().failed(),
        message.body().length);
  }

  /** Completes when the server has it in its new place, so that the delivery can be acked. */
  public Future<Void> move(
      String queue, RabbitDelivery message, RedeliveryDecision redeliveryDecision) {
    if (redeliveryDecision.kind() == RedeliveryDecision.Kind.AGAIN) {
      return publish(again(queue, message, redeliveryDecision));
    }
    // nowhere is left for a dead letter that its own reader cannot process
    return QueueNames.DEAD_LETTER.equals(queue)
        ? Future.succeededFuture()
        : publish(dead(queue, message, redeliveryDecision));
  }

  public long deadLettered() {
    return deadLettered;
  }

  private Future<Void> publish(PendingPublish publish) {
    return channels
        .publish(publish)
        .onFailure(
            e -> {
              if (e instanceof ServiceFailure f && f.code() == ErrorCode.NOT_FOUND) {
                // somebody has removed what it has to go through
                topologyAdmin.base();
              }
            });
  }

  private static PendingPublish again(
      String queue, RabbitDelivery message, RedeliveryDecision redeliveryDecision) {
    Map<String, Object> headers =
        DeliveryCountHeaders.onto(message.headers(), redeliveryDecision.tries());
    headers.put(DelayQueues.HEADER, Long.toString(redeliveryDecision.waitMillis()));
    return new PendingPublish(QueueArguments.DELAY, queue, headers, Buffer.buffer(message.body()));
  }

  private PendingPublish dead(
      String queue, RabbitDelivery message, RedeliveryDecision redeliveryDecision) {
    Map<String, Object> headers =
        DeadLetterHeaders.headers(
            queue,
            redeliveryDecision.reason(),
            clock.instant(),
            redeliveryDecision.tries().failed());
    return new PendingPublish(
        QueueArguments.DEAD_LETTERS, queue, headers, Buffer.buffer(message.body()));
  }
}
