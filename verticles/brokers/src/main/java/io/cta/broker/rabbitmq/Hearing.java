package io.cta.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether a subscription that hears nothing should hear something. Home only. */
final class Hearing {
  private static final Logger log = LoggerFactory.getLogger(Hearing.class);

  private final String queue;
  private final Consumer<Feed> renew;
  private final Suspicion suspicion = new Suspicion();
  private Feed asked;

  /**
   * @param renew takes a feed out of use for a new one, if it is still in use
   */
  Hearing(String queue, Consumer<Feed> renew) {
    this.queue = queue;
    this.renew = renew;
  }

  /**
   * @param feed null when nothing is to be heard for now
   */
  void look(Feed feed) {
    if (feed == null || !feed.quiet()) {
      suspicion.clear();
    } else if (feed != asked) {
      asked = feed;
      feed.look(queue).onComplete((seen, failure) -> looked(feed, seen, failure));
    }
  }

  private void looked(Feed feed, AMQP.Queue.DeclareOk seen, Throwable failure) {
    if (feed == asked) {
      asked = null;
    }
    if (feed.over()) {
      return;
    }
    if (failure != null && Reply.of(failure).channel()) {
      // that its channel was closed for it is told by itself
      suspicion.clear();
    } else if (failure != null) {
      again(feed, "it does not answer: " + Reply.of(failure).text());
    } else if (!feed.quiet()) {
      suspicion.clear();
    } else {
      judged(feed, suspicion.look(seen.getConsumerCount(), seen.getMessageCount()));
    }
  }

  private void judged(Feed feed, String why) {
    if (why != null) {
      again(feed, why);
    } else if (suspicion.stale()) {
      log.debug("subscribing again to be safe [queue: {}]", queue);
      suspicion.clear();
      renew.accept(feed);
    }
  }

  private void again(Feed feed, String why) {
    log.warn("subscribing again [queue: {}, reason: {}]", queue, why);
    suspicion.clear();
    renew.accept(feed);
  }
}
