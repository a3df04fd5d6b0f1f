package io.cta.broker.rabbitmq.consume;

import com.rabbitmq.client.AMQP;
import io.cta.broker.rabbitmq.connection.CloseReason;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects a consumer that the server has forgotten: messages are ready but none is delivered.
 * Broker's context only.
 */
public final class ConsumerWatchdog {
  private static final Logger log = LoggerFactory.getLogger(ConsumerWatchdog.class);

  private final String queue;
  private final Consumer<ConsumerChannel> renew;
  private final StalledConsumerDetector stalledConsumerDetector = new StalledConsumerDetector();
  private ConsumerChannel inspecting;

  /**
   * @param renew replaces a channel by a new one, if it is still in use
   */
  public ConsumerWatchdog(String queue, Consumer<ConsumerChannel> renew) {
    this.queue = queue;
    this.renew = renew;
  }

  /**
   * @param consumerChannel null when no deliveries are expected for now
   */
  public void check(ConsumerChannel consumerChannel) {
    if (consumerChannel == null || !consumerChannel.quiet()) {
      stalledConsumerDetector.clear();
    } else if (consumerChannel != inspecting) {
      inspecting = consumerChannel;
      consumerChannel
          .inspect(queue)
          .onComplete((queueState, failure) -> inspected(consumerChannel, queueState, failure));
    }
  }

  private void inspected(
      ConsumerChannel consumerChannel, AMQP.Queue.DeclareOk queueState, Throwable failure) {
    if (consumerChannel == inspecting) {
      inspecting = null;
    }
    if (consumerChannel.ended()) {
      return;
    }
    if (failure != null && CloseReason.of(failure).channel()) {
      // the channel itself reports that the server has closed it
      stalledConsumerDetector.clear();
    } else if (failure != null) {
      renewBecause(consumerChannel, "it does not answer: " + CloseReason.of(failure).text());
    } else if (!consumerChannel.quiet()) {
      stalledConsumerDetector.clear();
    } else {
      renewIfNeeded(
          consumerChannel,
          stalledConsumerDetector.check(
              queueState.getConsumerCount(), queueState.getMessageCount()));
    }
  }

  private void renewIfNeeded(ConsumerChannel consumerChannel, String why) {
    if (why != null) {
      renewBecause(consumerChannel, why);
    } else if (stalledConsumerDetector.stale()) {
      log.debug("subscribing again to be safe [queue: {}]", queue);
      stalledConsumerDetector.clear();
      renew.accept(consumerChannel);
    }
  }

  private void renewBecause(ConsumerChannel consumerChannel, String why) {
    log.warn("subscribing again [queue: {}, reason: {}]", queue, why);
    stalledConsumerDetector.clear();
    renew.accept(consumerChannel);
  }
}
