package io.cta.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import io.cta.broker.Answer;
import io.cta.broker.Backoff;
import io.cta.broker.DeliveryHandler;
import io.cta.broker.Subscription;
import io.cta.message.Queues;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
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
  private static final Logger log = LoggerFactory.getLogger(RabbitSubscription.class);
  private static final Backoff REOPEN = new Backoff(50, 30_000);
  private static final long RETRY_MILLIS = 1_000;
  private static final long STABLE_NANOS = 5_000_000_000L;

  private final RabbitBroker broker;
  private final Lane lane;
  private final String queue;
  private final int prefetch;
  private final DeliveryHandler handler;
  private final Context context;
  private final Sequence sequence;
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
  private int deaf;
  // of the subscriber's context
  private boolean deliveriesRefused;

  RabbitSubscription(
      RabbitBroker broker,
      Lane lane,
      String queue,
      int prefetch,
      DeliveryHandler handler,
      Sequence sequence,
      Answer<Subscription> opening) {
    this.broker = broker;
    this.lane = lane;
    this.queue = queue;
    this.prefetch = prefetch;
    this.handler = handler;
    this.context = opening.caller();
    this.sequence = sequence;
    this.opening = opening;
  }

  String queue() {
    return queue;
  }

  @Override
  public void pause() {
    deliveriesRefused = true;
    broker.atHome(() -> paused(true));
  }

  @Override
  public void resume() {
    deliveriesRefused = false;
    broker.atHome(() -> paused(false));
  }

  @Override
  public Future<Void> cancel() {
    deliveriesRefused = true;
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
    Feed asked = feed;
    if (asked == null || paused || switching || !asked.quiet()) {
      deaf = 0;
      return;
    }
    asked
        .look(queue)
        .onComplete(
            (depth, failure) -> {
              if (asked != feed) {
                return;
              }
              if (failure != null) {
                renew("it does not answer: " + Reply.of(failure).text());
              } else if (depth.getConsumerCount() == 0) {
                renew("the server does not know us");
              } else if (depth.getMessageCount() == 0 || !asked.quiet()) {
                deaf = 0;
              } else if (++deaf > 1) {
                renew(depth.getMessageCount() + " messages wait and none comes");
              }
            });
  }

  private void renew(String why) {
    log.warn("subscribing again [queue: {}, reason: {}]", queue, why);
    deaf = 0;
    Feed old = feed;
    feed = null;
    old.close();
    if (opens != null) {
      open(opens);
    }
  }

  private void opened(Feed made) {
    feed = made;
    openedAt = System.nanoTime();
    switching = false;
    if (opening != null) {
      opening.succeed(this);
      opening = null;
    }
    early.forEach(message -> deliver(made, message));
    early.clear();
    adjust();
  }

  private void over(Connection on, Throwable why) {
    if (feed != null && System.nanoTime() - openedAt > STABLE_NANOS) {
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
          if (!ended && on == opens && feed == null) {
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
              renew(Reply.of(failure).text());
            }
          }
        });
  }

  private void deliver(Feed from, Delivered message) {
    context.runOnContext(v -> handle(from, message));
  }

  /** Called on the subscriber's context. */
  private void handle(Feed from, Delivered message) {
    if (deliveriesRefused) {
      broker.atHome(() -> from.back(message.tag()));
      return;
    }
    Future<Void> outcome;
    try {
      outcome = handler.handle(body(message));
    } catch (RuntimeException e) {
      outcome = Future.failedFuture(e);
    }
    outcome.onComplete(done -> broker.atHome(() -> settle(from, message, done.cause())));
  }

  private Buffer body(Delivered message) {
    return Queues.DEAD_LETTER.equals(queue)
        ? Letters.encode(message.headers(), message.key(), message.body())
        : Buffer.buffer(message.body());
  }

  private void settle(Feed from, Delivered message, Throwable failure) {
    Fate fate =
        Fate.of(failure, Tries.of(message.headers()), broker.declared().maxDeliveries(queue));
    if (fate.kind() == Fate.Kind.DONE) {
      from.ack(message.tag());
    } else if (!from.over()) {
      broker.putAway().tell(queue, message, fate);
      putAway(from, message, fate);
    }
  }

  /** Acks only after the server has it elsewhere. */
  private void putAway(Feed from, Delivered message, Fate fate) {
    broker
        .putAway()
        .move(queue, message, fate)
        .onSuccess(v -> from.ack(message.tag()))
        .onFailure(
            e -> {
              if (!from.over()) {
                log.warn("not put away yet [queue: {}, reason: {}]", queue, e.getMessage());
                broker.later(RETRY_MILLIS, () -> putAwayAgain(from, message, fate));
              }
            });
  }

  private void putAwayAgain(Feed from, Delivered message, Fate fate) {
    if (!from.over()) {
      putAway(from, message, fate);
    }
  }

  private final class FromServer implements Feed.Events {
    @Override
    public void delivered(Feed from, Delivered message) {
      if (opening != null) {
        early.add(message);
      } else {
        deliver(from, message);
      }
    }

    @Override
    public void cancelled(Feed from) {
      if (from == feed) {
        renew("the server has ended the consumer");
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
