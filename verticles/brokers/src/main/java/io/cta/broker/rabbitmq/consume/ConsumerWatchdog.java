package io.cta.broker.rabbitmq.consume;

import com.rabbitmq.client.AMQP;
import io.cta.broker.rabbitmq.connection.CloseReason;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether a subscription that hears nothing should hear something. Home only. */
public final class ConsumerWatchdog {
  private static final Logger log = LoggerFactory.getLogger(ConsumerWatchdog.class);

  private final String queue;
  private final Consumer<ConsumerChannel> renew;
  private final StalledConsumerDetector stalledConsumerDetector = new StalledConsumerDetector();
  private ConsumerChannel asked;

  /**
   * @param renew takes a feed out of use for a new one, if it is still in use
   */
  public ConsumerWatchdog(String queue, Consumer<ConsumerChannel> renew) {
    this.queue = queue;
    this.renew = renew;
  }

  /**
   * @param feed null when nothing is to be heard for now
   */
  public void look(ConsumerChannel consumerChannel) {
    if (consumerChannel == null || !consumerChannel.quiet()) {
      stalledConsumerDetector.clear();
    } else if (consumerChannel != asked) {
      asked = consumerChannel;
      consumerChannel
          .look(queue)
          .onComplete((seen, failure) -> looked(consumerChannel, seen, failure));
    }
  }

  private void looked(
      ConsumerChannel consumerChannel, AMQP.Queue.DeclareOk seen, Throwable failure) {
    if (consumerChannel == asked) {
      asked = null;
    }
    if (consumerChannel.over()) {
      return;
    }
    if (failure != null && CloseReason.of(failure).channel()) {
      // that its channel was closed for it is told by itself
      stalledConsumerDetector.clear();
    } else if (failure != null) {
      again(consumerChannel, "it does not answer: " + CloseReason.of(failure).text());
    } else if (!consumerChannel.quiet()) {
      stalledConsumerDetector.clear();
    } else {
      judged(
          consumerChannel,
          stalledConsumerDetector.look(seen.getConsumerCount(), seen.getMessageCount()));
    }
  }

  private void judged(ConsumerChannel consumerChannel, String why) {
    if (why != null) {
      again(consumerChannel, why);
    } else if (stalledConsumerDetector.stale()) {
      log.debug("subscribing again to be safe [queue: {}]", queue);
      stalledConsumerDetector.clear();
      renew.accept(consumerChannel);
    }
  }

  private void again(ConsumerChannel consumerChannel, String why) {
    log.warn("subscribing again [queue: {}, reason: {}]", queue, why);
    stalledConsumerDetector.clear();
    renew.accept(consumerChannel);
  }
}
