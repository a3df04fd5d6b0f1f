package io.cta.broker.rabbitmq.publish;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.cta.broker.BackoffPolicy;
import io.cta.broker.rabbitmq.connection.CallbackQueue;
import io.cta.broker.rabbitmq.connection.CloseReason;
import io.cta.broker.rabbitmq.connection.SequentialExecutor;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes on one channel, with the server's confirms. Many messages are in flight; those that the
 * server has not answered when its channel ends are sent again on the next one, in order. So a
 * publish fails only when the server refuses it or too much is waiting. Broker's context only.
 */
public final class RabbitPublisher {
  private static final Logger log = LoggerFactory.getLogger(RabbitPublisher.class);
  private static final BackoffPolicy REOPEN = new BackoffPolicy(50, 5_000);
  private static final String PROBE_QUEUE = "cta.nobody";

  /** A full queue refuses at once; a queue without a leader only after the server has waited. */
  private static final long UNRESPONSIVE_NANOS = 4_000_000_000L;

  private final Vertx vertx;
  private final SequentialExecutor sequentialExecutor;
  private final ConfirmChannelOpener channelOpener;
  private final Supplier<Future<Void>> topology;
  private final Consumer<String> onUnresponsive;
  private final MonotonicClock ticker;
  private final RabbitPublishBuffer buffer = new RabbitPublishBuffer();
  private Connection connection;
  private Channel channel;
  private boolean blocked;
  private boolean sending;
  private boolean closed;
  private int reopened;
  private long answeredAt;
  private long probedAt = answeredAt;
  private long unblockedAt;

  /**
   * @param topology makes the exchanges, before each channel: publishing to one that is missing
   *     ends the channel
   * @param onUnresponsive takes the name of a queue that seems to have no leader
   */
  public RabbitPublisher(
      Vertx vertx,
      SequentialExecutor sequentialExecutor,
      CallbackQueue callbackQueue,
      Supplier<Future<Void>> topology,
      Consumer<String> onUnresponsive,
      MonotonicClock ticker) {
    this.ticker = ticker;
    this.unblockedAt = ticker.nanos();
    this.answeredAt = ticker.nanos();
    this.vertx = vertx;
    this.sequentialExecutor = sequentialExecutor;
    this.channelOpener =
        new ConfirmChannelOpener(sequentialExecutor, callbackQueue, new ChannelListener());
    this.topology = topology;
    this.onUnresponsive = onUnresponsive;
  }

  /** Completes when the server has the message; fails with NOT_FOUND when no queue takes it. */
  Future<Void> publish(PendingPublish publish) {
    if (closed) {
      return Future.failedFuture(closedFailure());
    }
    buffer.offer(publish);
    flush();
    return publish.promise.future();
  }

  /**
   * Sends a message that no queue takes, unless there was something to send since the last call. A
   * server that takes no messages tells only connections that publish; a quiet one must learn of it
   * too.
   */
  void probe() {
    if (channel != null && buffer.size() == 0 && answeredAt == probedAt) {
      publish(PendingPublish.toQueue(PROBE_QUEUE, Buffer.buffer()));
    }
    probedAt = answeredAt;
  }

  void up(Connection fresh) {
    connection = fresh;
    blocked = false;
    reopened = 0;
    open(fresh);
  }

  void lost() {
    connection = null;
    forgetChannel();
    buffer.rewind();
  }

  void blocked(boolean now) {
    blocked = now;
    unblockedAt = ticker.nanos();
    flush();
  }

  int size() {
    return buffer.size();
  }

  /** How long the server has not answered although it should have. */
  long silentNanos() {
    long now = ticker.nanos();
    return channel == null || blocked
        ? 0
        : now - Math.max(unblockedAt, Math.max(answeredAt, buffer.waitsSince(now)));
  }

  void close() {
    closed = true;
    connection = null;
    forgetChannel();
    buffer.fail(closedFailure());
  }

  private void open(Connection on) {
    topology
        .get()
        .onFailure(this::topologyFailed)
        .transform(done -> channelOpener.open(on))
        .onComplete(
            (made, failure) -> {
              if (on != connection || closed) {
                return;
              }
              if (failure != null || !made.isOpen()) {
                reopen(on, failure != null ? failure : made.getCloseReason());
                return;
              }
              channel = made;
              flush();
            });
  }

  private void topologyFailed(Throwable why) {
    if (!closed) {
      log.warn("exchanges not made [reason: {}]", CloseReason.of(why).text());
    }
  }

  private void reopen(Connection on, Throwable why) {
    long wait = REOPEN.jittered(++reopened);
    if (on.isOpen()) {
      log.warn("publishing again in {} ms [reason: {}]", wait, CloseReason.of(why).text());
    }
    vertx.setTimer(
        Math.max(1, wait),
        id -> {
          if (on == connection && channel == null) {
            open(on);
          }
        });
  }

  private void flush() {
    if (channel == null || sending || blocked) {
      return;
    }
    List<PendingPublish> batch = buffer.next(ticker.nanos());
    if (batch.isEmpty()) {
      return;
    }
    sending = true;
    Channel on = channel;
    long first = buffer.firstOf(batch);
    sequentialExecutor
        .run(() -> send(on, batch, first))
        .onComplete(
            (sent, failure) -> {
              if (on != channel) {
                return;
              }
              sending = false;
              if (failure != null) {
                failed(on, failure);
              } else {
                flush();
              }
            });
  }

  /** Called on a worker. */
  private static Void send(Channel on, List<PendingPublish> batch, long first) throws IOException {
    long number = first;
    for (PendingPublish publish : batch) {
      publish.send(on, number++);
    }
    return null;
  }

  private void refused(PendingPublish publish) {
    long waited = ticker.nanos() - Math.max(publish.sentAt, unblockedAt);
    if (waited > UNRESPONSIVE_NANOS && !blocked) {
      onUnresponsive.accept(publish.key);
    }
    String text = "RabbitMQ does not take it: queue " + publish.key + " is full or unavailable";
    publish.promise.tryFail(new ServiceFailure(ErrorCode.UNAVAILABLE, text));
  }

  private void failed(Channel which, Throwable why) {
    CloseReason closeReason = CloseReason.of(why);
    forgetChannel();
    if (closeReason.channel()) {
      PendingPublish culprit = buffer.isolateCulprit();
      if (culprit != null) {
        culprit.promise.tryFail(closeReason.failure());
      }
    } else {
      buffer.rewind();
    }
    Connection on = connection;
    if (on != null) {
      sequentialExecutor.run(
          () -> {
            which.abort();
            return null;
          });
      reopen(on, why);
    }
  }

  private void forgetChannel() {
    channel = null;
    sending = false;
  }

  private static ServiceFailure closedFailure() {
    return new ServiceFailure(ErrorCode.UNAVAILABLE, "the broker is closed");
  }

  /** Follows what the server says on the channel; what it said on earlier ones is void. */
  private final class ChannelListener implements ConfirmChannelOpener.Events {
    @Override
    public void answered(Channel from, long number, boolean andAllBefore, boolean taken) {
      if (from != channel) {
        return;
      }
      answeredAt = ticker.nanos();
      reopened = 0;
      for (PendingPublish publish : buffer.answered(number, andAllBefore)) {
        if (!taken) {
          refused(publish);
        } else if (publish.returned != null) {
          publish.promise.tryFail(ServiceFailure.notFound("queue", publish.key));
        } else {
          publish.promise.tryComplete();
        }
      }
      flush();
    }

    @Override
    public void returned(Channel from, AMQP.BasicProperties properties, String text) {
      if (from == channel) {
        PendingPublish publish = buffer.inFlight(Long.parseLong(properties.getCorrelationId()));
        if (publish != null) {
          publish.returned = text;
        }
      }
    }

    @Override
    public void ended(Channel which, ShutdownSignalException why) {
      if (which == channel) {
        failed(which, why);
      }
    }
  }
}
