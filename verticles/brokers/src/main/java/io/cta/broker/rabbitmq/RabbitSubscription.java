package io.cta.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import io.cta.broker.Answer;
import io.cta.broker.Backoff;
import io.cta.broker.DeliveryHandler;
import io.cta.broker.Subscription;
import io.cta.time.Ticker;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription, which outlives its channels: whenever one ends it opens another. The handler is
 * called on the context that subscribed; everything else happens at home, but for what says so.
 */
final class RabbitSubscription implements Subscription {
  private final Ticker ticker;
  private static final Logger log = LoggerFactory.getLogger(RabbitSubscription.class);
  private static final Backoff REOPEN = new Backoff(50, 30_000);
  private static final long CANCELLED_MILLIS = 250;
  private static final long STABLE_NANOS = 5_000_000_000L;

  private final RabbitBroker broker;
  private final Lane lane;
  private final String queue;
  private final int prefetch;
  private final Subscriber subscriber;
  private final Sequence sequence;
  private final Hearing hearing;
  // what comes before the subscriber has its answer
  private final List<Delivered> early = new ArrayList<>();
  private Answer<Subscription> opening;
  private Feed feed;
  private Connection opens;
  private boolean paused;
  private boolean switching;
  private boolean ended;
  private int failures;
  private long openedAt;

  RabbitSubscription(
      RabbitBroker broker,
      Lane lane,
      String queue,
      int prefetch,
      DeliveryHandler handler,
      Sequence sequence,
      Answer<Subscription> opening,
      Ticker ticker) {
    this.ticker = ticker;
    this.broker = broker;
    this.lane = lane;
    this.queue = queue;
    this.prefetch = prefetch;
    this.hearing = new Hearing(queue, this::renew);
    this.subscriber = new Subscriber(broker, queue, opening.caller(), handler);
    this.sequence = sequence;
    this.opening = opening;
  }

  String queue() {
    return queue;
  }

  /** The channel it is on, or null while it has none. */
  Feed feed() {
    return feed;
  }

  @Override
  public void pause() {
    subscriber.takes(false);
    broker.atHome(() -> paused(true));
  }

  @Override
  public void resume() {
    subscriber.takes(true);
    broker.atHome(() -> paused(false));
  }

  @Override
  public Future<Void> cancel() {
    subscriber.takes(false);
    Answer<Void> answer = broker.answer();
    broker.atHome(() -> end().onComplete(done -> answer.succeed(null)));
    return answer.future();
  }

  /** Ends it without a word to the subscriber; completes when the server has let go. */
  Future<Void> end() {
    ended = true;
    lane.remove(this);
    Feed last = feed;
    feed = null;
    return last == null ? Future.succeededFuture() : last.close();
  }

  /** Fails a subscriber that still waits for its answer. */
  void fail(Throwable why) {
    if (opening != null) {
      opening.fail(why);
      opening = null;
    }
  }

  void open(Connection on) {
    opens = on;
    Feed.open(on, prefetch, sequence, broker.inbox(), new FromServer())
        .compose(this::begin)
        .onComplete(
            (made, failure) -> {
              if (failure != null) {
                over(on, failure);
              } else if (ended || on != opens) {
                made.close();
              } else if (made.over()) {
                over(on, new IOException("the channel has ended"));
              } else {
                opened(made);
              }
            });
  }

  private Future<Feed> begin(Feed made) {
    return paused
        ? Future.succeededFuture(made)
        : made.consume(queue).map(made).onFailure(e -> made.close());
  }

  /** The connection is gone. */
  void lost() {
    opens = null;
    feed = null;
    early.clear();
    switching = false;
  }

  /** Asks the server whether it still knows us, when nothing was heard for a while. */
  void look() {
    hearing.look(paused || switching ? null : feed);
  }

  private void renew(Feed old) {
    if (old == feed) {
      feed = null;
      old.close();
      if (opens != null) {
        open(opens);
      }
    }
  }

  private void opened(Feed made) {
    feed = made;
    openedAt = ticker.nanos();
    switching = false;
    if (opening != null) {
      opening.succeed(this);
      opening = null;
    }
    early.forEach(message -> subscriber.deliver(made, message));
    early.clear();
    adjust();
  }

  private void over(Connection on, Throwable why) {
    if (feed != null && ticker.nanos() - openedAt > STABLE_NANOS) {
      failures = 0;
    }
    feed = null;
    early.clear();
    if (ended || on != opens) {
      return;
    }
    Reply reply = Reply.of(why);
    if (reply.code() == AMQP.NOT_FOUND) {
      missing(on, reply);
    } else if (reply.channel() && opening != null) {
      fail(reply.failure());
      end();
    } else {
      log.warn("subscribing again [queue: {}, reason: {}]", queue, reply.text());
      openLater(on);
    }
  }

  /** There is no such queue: it is made again if it was declared here. */
  private void missing(Connection on, Reply reply) {
    Future<Void> again = broker.declared().again(queue);
    if (again != null) {
      again.onComplete(done -> openLater(on));
      return;
    }
    if (opening == null) {
      broker.subscriptionLost(queue, reply.text());
    }
    fail(reply.failure());
    end();
  }

  private void openLater(Connection on) {
    broker.later(
        REOPEN.jittered(++failures),
        () -> {
          if (!ended && on != null && on == opens && feed == null) {
            open(on);
          }
        });
  }

  private void paused(boolean now) {
    paused = now;
    adjust();
  }

  /** Makes the server do what is wanted now, one step at a time. */
  private void adjust() {
    if (feed == null || switching || feed.consumes() == !paused) {
      return;
    }
    switching = true;
    Feed on = feed;
    Future<Void> done = paused ? on.stop() : on.consume(queue);
    done.onComplete(
        (v, failure) -> {
          if (on == feed) {
            switching = false;
            if (failure == null) {
              adjust();
            } else if (!on.over()) {
              log.warn(
                  "subscribing again [queue: {}, reason: {}]", queue, Reply.of(failure).text());
              renew(on);
            }
          }
        });
  }

  private final class FromServer implements Feed.Events {
    @Override
    public void delivered(Feed from, Delivered message) {
      if (opening != null) {
        early.add(message);
      } else {
        subscriber.deliver(from, message);
      }
    }

    @Override
    public void cancelled(Feed from) {
      if (from == feed) {
        log.info("the server has ended the consumer [queue: {}]", queue);
        feed = null;
        from.close();
        // not at once: a queue that is half removed lets those hang who ask for it
        broker.later(CANCELLED_MILLIS, () -> openLater(opens));
      }
    }

    @Override
    public void ended(Feed from, Throwable why) {
      if (from == feed && opens != null) {
        over(opens, why);
      }
    }
  }
}
