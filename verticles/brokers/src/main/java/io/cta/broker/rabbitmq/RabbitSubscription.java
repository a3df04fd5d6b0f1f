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
 * A subscription that outlives its channels: whenever one ends it opens another. The handler is
 * called on the context that subscribed; everything else happens on the broker's context, unless a
 * method says otherwise.
 */
final class RabbitSubscription implements QueueSubscription {
  private final MonotonicClock ticker;
  private static final Logger log = LoggerFactory.getLogger(RabbitSubscription.class);
  private static final BackoffPolicy REOPEN = new BackoffPolicy(50, 30_000);
  private static final long REOPEN_AFTER_CANCEL_MILLIS = 250;
  private static final long STABLE_NANOS = 5_000_000_000L;

  private final RabbitBroker broker;
  private final ConsumerConnection consumerConnection;
  private final String queue;
  private final int prefetch;
  private final DeliveryDispatcher deliveryDispatcher;
  private final SequentialExecutor sequentialExecutor;
  private final ConsumerWatchdog consumerWatchdog;
  // deliveries that come before the subscriber has its answer
  private final List<RabbitDelivery> early = new ArrayList<>();
  private CallerPromise<QueueSubscription> opening;
  private ConsumerChannel consumerChannel;
  private Connection connection;
  private boolean paused;
  private boolean adjusting;
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

  /** Its channel, or null while it has none. */
  ConsumerChannel channel() {
    return consumerChannel;
  }

  @Override
  public void pause() {
    deliveryDispatcher.accepting(false);
    broker.context().run(() -> paused(true));
  }

  @Override
  public void resume() {
    deliveryDispatcher.accepting(true);
    broker.context().run(() -> paused(false));
  }

  @Override
  public Future<Void> cancel() {
    deliveryDispatcher.accepting(false);
    CallerPromise<Void> answer = broker.context().answer();
    broker.context().run(() -> end().onComplete(done -> answer.succeed(null)));
    return answer.future();
  }

  /** Ends it without telling the subscriber; completes when the channel is closed. */
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
    connection = on;
    ConsumerChannel.open(on, prefetch, sequentialExecutor, broker.callbackQueue(), new FromServer())
        .compose(this::begin)
        .onComplete(
            (made, failure) -> {
              if (failure != null) {
                channelEnded(on, failure);
              } else if (ended || on != connection) {
                made.close();
              } else if (made.ended()) {
                channelEnded(on, new IOException("the channel has ended"));
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
    connection = null;
    consumerChannel = null;
    early.clear();
    adjusting = false;
  }

  /**
   * Asks the server whether it still knows this consumer, when nothing was delivered for a while.
   */
  void check() {
    consumerWatchdog.check(paused || adjusting ? null : consumerChannel);
  }

  private void renew(ConsumerChannel old) {
    if (old == consumerChannel) {
      consumerChannel = null;
      old.close();
      if (connection != null) {
        open(connection);
      }
    }
  }

  private void opened(ConsumerChannel made) {
    consumerChannel = made;
    openedAt = ticker.nanos();
    adjusting = false;
    if (opening != null) {
      opening.succeed(this);
      opening = null;
    }
    early.forEach(message -> deliveryDispatcher.deliver(made, message));
    early.clear();
    adjust();
  }

  private void channelEnded(Connection on, Throwable why) {
    if (consumerChannel != null && ticker.nanos() - openedAt > STABLE_NANOS) {
      failures = 0;
    }
    consumerChannel = null;
    early.clear();
    if (ended || on != connection) {
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

  /** The queue does not exist: it is made again if it was declared here. */
  private void missing(Connection on, CloseReason closeReason) {
    Future<Void> again = broker.declared().redeclare(queue);
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
    broker
        .context()
        .later(
            REOPEN.jittered(++failures),
            () -> {
              if (!ended && on != null && on == connection && consumerChannel == null) {
                open(on);
              }
            });
  }

  private void paused(boolean now) {
    paused = now;
    adjust();
  }

  /** Makes the server pause or deliver as is wanted now, one step at a time. */
  private void adjust() {
    if (consumerChannel == null || adjusting || consumerChannel.consumes() == !paused) {
      return;
    }
    adjusting = true;
    ConsumerChannel on = consumerChannel;
    Future<Void> done = paused ? on.stop() : on.consume(queue);
    done.onComplete(
        (v, failure) -> {
          if (on == consumerChannel) {
            adjusting = false;
            if (failure == null) {
              adjust();
            } else if (!on.ended()) {
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
        // not at once: a queue that is half removed does not answer
        broker.context().later(REOPEN_AFTER_CANCEL_MILLIS, () -> openLater(connection));
      }
    }

    @Override
    public void ended(ConsumerChannel from, Throwable why) {
      if (from == consumerChannel && connection != null) {
        channelEnded(connection, why);
      }
    }
  }
}
