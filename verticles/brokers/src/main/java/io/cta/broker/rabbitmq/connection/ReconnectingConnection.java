package io.cta.broker.rabbitmq.connection;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import io.cta.broker.BackoffPolicy;
import io.cta.time.MonotonicClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection open, and opens it again whenever it is lost, with growing waits. Broker's
 * context only.
 */
public final class ReconnectingConnection {
  private final MonotonicClock ticker;
  private static final Logger log = LoggerFactory.getLogger(ReconnectingConnection.class);

  /** A connection that ends sooner counts as one more failure. */
  private static final long STABLE_NANOS = 5_000_000_000L;

  private static final int CLOSE_TIMEOUT_MILLIS = 2_000;

  private final Vertx vertx;
  private final WorkerExecutor workers;
  private final CallbackQueue callbackQueue;
  private final RabbitConnectionFactory rabbitConnectionFactory;
  private final BackoffPolicy backoffPolicy;
  private final String role;
  private final Events events;
  private Connection connection;
  private String blocked;
  private long upSince;
  private int failures;
  private boolean closed;

  /** What happens to the connection. */
  public interface Events {
    void up(Connection connection);

    /** The connection that was up is lost. */
    void lost();

    void down(String reason, long retryMillis);

    void refused(int status, String text, long retryMillis);

    /** The server takes no messages for now, or takes them again. */
    default void blocked(boolean now) {}
  }

  public ReconnectingConnection(
      Vertx vertx,
      WorkerExecutor workers,
      CallbackQueue callbackQueue,
      RabbitConnectionFactory rabbitConnectionFactory,
      BackoffPolicy backoffPolicy,
      String role,
      Events events,
      MonotonicClock ticker) {
    this.ticker = ticker;
    this.vertx = vertx;
    this.workers = workers;
    this.callbackQueue = callbackQueue;
    this.rabbitConnectionFactory = rabbitConnectionFactory;
    this.backoffPolicy = backoffPolicy;
    this.role = role;
    this.events = events;
  }

  public void begin() {
    if (!closed) {
      workers
          .executeBlocking(() -> rabbitConnectionFactory.open(role), false)
          .onComplete(this::opened);
    }
  }

  /** The connection, or null while there is none. */
  public Connection connection() {
    return connection;
  }

  /** Why the server takes no messages for now; null when it takes them. */
  public String blocked() {
    return blocked;
  }

  /** Gives up a connection that does not work any more, and opens another. */
  public void drop(String reason) {
    Connection dropped = connection;
    if (dropped != null) {
      lost(dropped, reason);
      abort(dropped);
    }
  }

  public Future<Void> close() {
    closed = true;
    Connection last = connection;
    connection = null;
    return last == null ? Future.succeededFuture() : abort(last);
  }

  private Future<Void> abort(Connection old) {
    return workers.executeBlocking(
        () -> {
          old.abort(CLOSE_TIMEOUT_MILLIS);
          return null;
        },
        false);
  }

  private void opened(Connection made, Throwable failure) {
    if (closed) {
      if (made != null) {
        abort(made);
      }
    } else if (failure != null) {
      failed(failure);
    } else {
      connection = made;
      blocked = null;
      upSince = ticker.nanos();
      made.addBlockedListener(
          reason -> callbackQueue.add(() -> blocked(made, reason)),
          () -> callbackQueue.add(() -> blocked(made, null)));
      // called at once when the connection is gone already
      made.addShutdownListener(why -> callbackQueue.add(() -> ended(made, why)));
      events.up(made);
    }
  }

  private void ended(Connection which, ShutdownSignalException why) {
    lost(which, CloseReason.of(why).text());
  }

  private void lost(Connection which, String reason) {
    if (which != connection) {
      return;
    }
    connection = null;
    failures = ticker.nanos() - upSince > STABLE_NANOS ? 0 : failures;
    events.lost();
    down(reason);
  }

  private void blocked(Connection which, String reason) {
    if (which == connection) {
      blocked = reason;
      if (reason == null) {
        log.info("RabbitMQ takes messages again");
      } else {
        log.warn("RabbitMQ takes no messages for now [reason: {}]", reason);
      }
      events.blocked(reason != null);
    }
  }

  private void failed(Throwable why) {
    CloseReason closeReason = CloseReason.of(why);
    if (closeReason.refused()) {
      long wait = backoffPolicy.jittered(Integer.MAX_VALUE);
      int status = closeReason.code() == com.rabbitmq.client.AMQP.ACCESS_REFUSED ? 401 : 403;
      events.refused(status, closeReason.text(), wait);
      retry(wait);
    } else {
      down(closeReason.text());
    }
  }

  private void down(String reason) {
    long wait = backoffPolicy.jittered(++failures);
    events.down(reason, wait);
    retry(wait);
  }

  private void retry(long wait) {
    vertx.setTimer(Math.max(1, wait), id -> begin());
  }
}
