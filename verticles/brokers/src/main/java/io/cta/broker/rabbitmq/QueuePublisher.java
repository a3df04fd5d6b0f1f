package io.cta.broker.rabbitmq;

import io.cta.broker.rabbitmq.publish.PendingPublish;
import io.cta.broker.rabbitmq.publish.PublishChannels;
import io.cta.broker.rabbitmq.topology.DeclaredQueues;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * Publishes to queues. Makes a queue again that was declared here and that somebody has removed.
 * Broker's context only.
 */
final class QueuePublisher {
  static final int MAX_MESSAGE_BYTES = 8 << 20;

  private final PublishChannels channels;
  private final DeclaredQueues declaredQueues;

  QueuePublisher(PublishChannels channels, DeclaredQueues declaredQueues) {
    this.channels = channels;
    this.declaredQueues = declaredQueues;
  }

  /** The failure of a message that is too large, else null. */
  static ServiceFailure refusal(Buffer message) {
    if (message.length() <= MAX_MESSAGE_BYTES) {
      return null;
    }
    String text = "a message has at most " + MAX_MESSAGE_BYTES + " bytes, not " + message.length();
    return new ServiceFailure(ErrorCode.TOO_LARGE, text);
  }

  Future<Void> publish(String queue, Buffer message) {
    return channels
        .publish(PendingPublish.toQueue(queue, message))
        .recover(e -> publishAgain(e, queue, message));
  }

  private Future<Void> publishAgain(Throwable why, String queue, Buffer message) {
    boolean missing = ServiceFailure.is(why, ErrorCode.NOT_FOUND);
    Future<Void> again = missing ? declaredQueues.redeclare(queue) : null;
    return again == null
        ? Future.failedFuture(why)
        : again.compose(v -> channels.publish(PendingPublish.toQueue(queue, message)));
  }
}
