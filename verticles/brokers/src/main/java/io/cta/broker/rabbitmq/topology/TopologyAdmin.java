package io.cta.broker.rabbitmq.topology;

import com.rabbitmq.client.Address;
import io.cta.broker.QueueSpec;
import io.cta.broker.rabbitmq.connection.HostCheck;
import io.cta.broker.rabbitmq.connection.RabbitConnectionFactory;
import io.cta.broker.rabbitmq.connection.RabbitSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.TrustOptions;
import io.vertx.rabbitmq.RabbitMQClient;
import io.vertx.rabbitmq.RabbitMQOptions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Makes and removes exchanges and queues, one step after the other. Uses a connection of its own,
 * so that a refusal here disturbs no publisher or consumer; it is closed when idle for a while.
 * Broker's context only.
 */
public final class TopologyAdmin {
  private static final long IDLE_MILLIS = 60_000;

  private final Vertx vertx;
  private final WorkerExecutor workers;
  private final RabbitSettings settings;
  private final long answerTimeoutMillis;
  private final ConnectionCapture connection = new ConnectionCapture();
  private Future<?> last = Future.succeededFuture();
  private Future<Void> base = Future.succeededFuture();
  private RabbitMQClient client;
  private long timer = -1;
  private boolean closed;

  public TopologyAdmin(Vertx vertx, WorkerExecutor workers, RabbitSettings settings) {
    this.vertx = vertx;
    this.workers = workers;
    this.settings = settings;
    this.answerTimeoutMillis =
        Math.min(RabbitConnectionFactory.CALL_TIMEOUT_MILLIS, settings.patience().toMillis());
  }

  /**
   * Makes the exchanges, the queue of dead letters and the delay queues. Calls made meanwhile get
   * the same future.
   */
  public Future<Void> base() {
    if (base.isComplete()) {
      base = made();
    }
    return base;
  }

  private Future<Void> made() {
    return run(
        c -> {
          JsonObject lastResort =
              new JsonObject().put("alternate-exchange", QueueArguments.DEAD_LETTERS);
          Future<Void> made =
              c.exchangeDeclare(QueueArguments.DEAD_LETTERS, "fanout", true, false)
                  .compose(v -> c.exchangeDeclare(QueueArguments.DELAY, "headers", true, false))
                  .compose(
                      v ->
                          c.exchangeDeclare(
                              QueueArguments.REQUEUE, "direct", true, false, lastResort))
                  .compose(v -> queue(c, QueueArguments.DEAD_LETTERS, QueueArguments.deadLetters()))
                  .compose(
                      v ->
                          c.queueBind(
                              QueueArguments.DEAD_LETTERS, QueueArguments.DEAD_LETTERS, ""));
          for (long step : DelayQueues.steps()) {
            made = made.compose(v -> delay(c, step));
          }
          return made;
        });
  }

  Future<Void> declare(String name, QueueSpec spec) {
    return run(c -> queue(c, name, QueueArguments.of(name, spec)));
  }

  Future<Void> delete(String name) {
    return run(c -> c.queueDelete(name).mapEmpty());
  }

  public Future<Void> close() {
    closed = true;
    return disconnect();
  }

  private static Future<Void> delay(RabbitMQClient c, long millis) {
    String name = DelayQueues.queue(millis);
    Map<String, Object> match = Map.of("x-match", "all", DelayQueues.HEADER, Long.toString(millis));
    return c.queueDeclare(name, true, false, false, QueueArguments.delay(millis))
        .compose(v -> c.queueBind(name, QueueArguments.DELAY, "", match));
  }

  private static Future<Void> queue(RabbitMQClient c, String name, JsonObject arguments) {
    return c.queueDeclare(name, true, false, false, arguments)
        .compose(v -> c.queueBind(name, QueueArguments.REQUEUE, name));
  }

  private Future<Void> run(Function<RabbitMQClient, Future<Void>> work) {
    Future<Void> next =
        last.transform(before -> client())
            .compose(c -> work.apply(c).timeout(answerTimeoutMillis, TimeUnit.MILLISECONDS))
            // a queue that does not answer holds up the others no longer than this; a refusal
            // closes the channel, and the client would open the next one on the event loop
            .recover(e -> broken(e).transform(gone -> Future.failedFuture(e)));
    last = next;
    next.onComplete(done -> disconnectWhenIdle());
    return next;
  }

  private Future<RabbitMQClient> client() {
    if (closed) {
      return Future.failedFuture("the broker is closed");
    }
    if (client != null && client.isConnected() && client.isOpenChannel()) {
      return Future.succeededFuture(client);
    }
    return disconnect()
        .compose(v -> workers.executeBlocking(this::options, false))
        .compose(
            options -> {
              RabbitMQClient made = RabbitMQClient.create(vertx, options);
              client = made;
              return made.start().map(made);
            });
  }

  /**
   * Ends the connection after a failure. The client waits for each answer on a thread and does
   * nothing else meanwhile, so an answer that does not come is ended by aborting the connection.
   */
  private Future<Void> broken(Throwable why) {
    Future<Void> answered =
        why instanceof TimeoutException
            ? workers.executeBlocking(connection::abort, false).mapEmpty()
            : Future.succeededFuture();
    return answered.transform(done -> disconnect());
  }

  private Future<Void> disconnect() {
    RabbitMQClient old = client;
    client = null;
    return old == null ? Future.succeededFuture() : old.stop().otherwiseEmpty();
  }

  private void disconnectWhenIdle() {
    vertx.cancelTimer(timer);
    Future<?> latest = last;
    timer =
        vertx.setTimer(
            IDLE_MILLIS,
            id -> {
              if (latest == last) {
                disconnect();
              }
            });
  }

  /** Reads certificates, so call it on a worker. */
  private RabbitMQOptions options() throws java.io.IOException {
    RabbitMQOptions options =
        new RabbitMQOptions()
            .setAddresses(
                settings.nodes().stream().map(n -> new Address(n.host(), n.port())).toList())
            .setUser(settings.user())
            .setPassword(settings.password())
            .setVirtualHost(settings.vhost())
            .setConnectionName("cta topology")
            .setConnectionTimeout(RabbitConnectionFactory.CONNECT_TIMEOUT_MILLIS)
            .setHandshakeTimeout(RabbitConnectionFactory.CONNECT_TIMEOUT_MILLIS)
            .setRequestedHeartbeat((int) Math.max(1, settings.heartbeat().toSeconds()))
            .setAutomaticRecoveryEnabled(false)
            .setMetricsCollector(connection);
    // neither this client's recovery nor its reconnecting is used: a new client is made instead
    options.setReconnectAttempts(0);
    if (settings.tls() != null) {
      options.setSsl(true);
      options.setTrustOptions(TrustOptions.wrap(new HostCheck(settings.tls().trustManager())));
      options.setHostnameVerificationAlgorithm("HTTPS");
    }
    return options;
  }
}
