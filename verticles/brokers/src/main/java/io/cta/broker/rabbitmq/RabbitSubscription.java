package io.cta.broker.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Connection;
import io.cta.broker.BackoffPolicy;
import io.cta.broker.CallerPromise;
import io.cta.broker.DeliveryHandler;
import io.cta.broker.QueueSubscription;
import io.cta.broker.rabbitmq.connection.CloseReason;
import io.cta.broker.rabbitmq.connection.SequentialExecutor;
import io.cta.broker.rabbitmq.consume.ConsumerChannel;
import io.cta.broker.rabbitmq.consume.ConsumerWatchdog;
import io.cta.broker.rabbitmq.consume.RabbitDelivery;
import io.cta.time.MonotonicClock;
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
final class RabbitSubscription implements QueueSubscription {
  private final MonotonicClock ticker;
  private static final Logger log = LoggerFactory.getLogger(RabbitSubscription.class);
  private static final BackoffPolicy REOPEN = new BackoffPolicy(50, 30_000);
  private static final long CANCELLED_MILLIS = 250;
  private static final long STABLE_NANOS = 5_000_000_000L;

  private final RabbitBroker broker;
  private final ConsumerConnection consumerConnection;
  private final String queue;
  private final int prefetch;
  private final DeliveryDispatcher deliveryDispatcher;
  private final SequentialExecutor sequentialExecutor;
  private final ConsumerWatchdog consumerWatchdog;
  // what comes before the subscriber has its answer
  private final List<RabbitDelivery> early = new ArrayList<>();
  private CallerPromise<QueueSubscription> opening;
  private ConsumerChannel consumerChannel;
  private Connection opens;
  private boolean paused;
  private boolean switching;
  private boolean ended;
  private int failures;
  private long openedAt;

  RabbitSubscription(
      RabbitBroker broker,
      ConsumerConnection consumerConnection,
      String queue,
      int prefetch,
      DeliveryHandler handler,
      SequentialExecutor sequentialExecutor,
      CallerPromise<QueueSubscription> opening,
      MonotonicClock ticker) {
    this.ticker = ticker;
    this.broker = broker;
    this.consumerConnection = consumerConnection;
    this.queue = queue;
    this.prefetch = prefetch;
    this.consumerWatchdog = new ConsumerWatchdog(queue, this::renew);
    this.deliveryDispatcher = new DeliveryDispatcher(broker, queue, opening.caller(), handler);
    this.sequentialExecutor = sequentialExecutor;
    this.opening = opening;
  }

  String queue() {
    return queue;
  }

  /** The channel it is on, or null while it has none. */
  ConsumerChannel feed() {
    return consumerChannel;
  }

  @Override
  public void pause() {
    deliveryDispatcher.takes(false);
    broker.atHome(() -> paused(true));
  }

  @Override
  public void resume() {
    deliveryDispatcher.takes(true);
    broker.atHome(() -> paused(false));
  }

  @Override
  public Future<Void> cancel() {
    deliveryDispatcher.takes(false);
    CallerPromise<Void> answer = broker.answer();
    broker.atHome(() -> end().onComplete(done -> answer.succeed(null)));
    return answer.future();
  }

  /** Ends it without a word to the subscriber; completes when the server has let go. */
  Future<Void> end() {
    ended = true;
    consumerConnection.remove(this);
    ConsumerChannel last = consumerChannel;
    consumerChannel = null;
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
    ConsumerChannel.open(on, prefetch, sequentialExecutor, broker.inbox(), new FromServer())
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

  private Future<ConsumerChannel> begin(ConsumerChannel made) {
    return paused
        ? Future.succeededFuture(made)
        : made.consume(queue).map(made).onFailure(e -> made.close());
  }

  /** The connection is gone. */
  void lost() {
    opens = null;
    consumerChannel = null;
    early.clear();
    switching = false;
  }

  /** Asks the server whether it still knows us, when nothing was heard for a while. */
  void look() {
    consumerWatchdog.look(paused || switching ? null : consumerChannel);
  }

  private void renew(ConsumerChannel old) {
    if (old == consumerChannel) {
      consumerChannel = null;
      old.close();
      if (opens != null) {
        open(opens);
      }
    }
  }

  private void opened(ConsumerChannel made) {
    consumerChannel = made;
    openedAt = ticker.nanos();
    switching = false;
    if (opening != null) {
      opening.succeed(this);
      opening = null;
    }
    early.forEach(message -> deliveryDispatcher.deliver(made, message));
    early.clear();
    adjust();
  }

  private void over(Connection on, Throwable why) {
    if (consumerChannel != null && ticker.nanos() - openedAt > STABLE_NANOS) {
      failures = 0;
    }
    consumerChannel = null;
    early.clear();
    if (ended || on != opens) {
      return;
    }
    CloseReason closeReason = CloseReason.of(why);
    if (closeReason.code() == AMQP.NOT_FOUND) {
      missing(on, closeReason);
    } else if (closeReason.channel() && opening != null) {
      fail(closeReason.failure());
      end();
    } else {
      log.warn("subscribing again [queue: {}, reason: {}]", queue, closeReason.text());
      openLater(on);
    }
  }

  /** There is no such queue: it is made again if it was declared here. */
  private void missing(Connection on, CloseReason closeReason) {
    Future<Void> again = broker.declared().again(queue);
    if (again != null) {
      again.onComplete(done -> openLater(on));
      return;
    }
    if (opening == null) {
      broker.subscriptionLost(queue, closeReason.text());
    }
    fail(closeReason.failure());
    end();
  }

  private void openLater(Connection on) {
    broker.later(
        REOPEN.jittered(++failures),
        () -> {
          if (!ended && on != null && on == opens && consumerChannel == null) {
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
    if (consumerChannel == null || switching || consumerChannel.consumes() == !paused) {
      return;
    }
    switching = true;
    ConsumerChannel on = consumerChannel;
    Future<Void> done = paused ? on.stop() : on.consume(queue);
    done.onComplete(
        (v, failure) -> {
          if (on == consumerChannel) {
            switching = false;
            if (failure == null) {
              adjust();
            } else if (!on.over()) {
              log.warn(
                  "subscribing again [queue: {}, reason: {}]",
                  queue,
                  CloseReason.of(failure).text());
              renew(on);
            }
          }
        });
  }

  private final class FromServer implements ConsumerChannel.Events {
    @Override
    public void delivered(ConsumerChannel from, RabbitDelivery message) {
      if (opening != null) {
        early.add(message);
      } else {
        deliveryDispatcher.deliver(from, message);
      }
    }

    @Override
    public void cancelled(ConsumerChannel from) {
      if (from == consumerChannel) {
        log.info("the server has ended the consumer [queue: {}]", queue);
        consumerChannel = null;
        from.close();
        // not at once: a queue that is half removed lets those hang who ask for it
        broker.later(CANCELLED_MILLIS, () -> openLater(opens));
      }
    }

    @Override
    public void ended(ConsumerChannel from, Throwable why) {
      if (from == consumerChannel && opens != null) {
        over(opens, why);
      }
    }
  }
}
