package io.cta.broker.rabbitmq;

import io.cta.broker.BrokerHealth;
import io.cta.broker.CallerPromise;
import io.cta.broker.DeliveryHandler;
import io.cta.broker.LinkListener;
import io.cta.broker.MessageBroker;
import io.cta.broker.QueueSpec;
import io.cta.broker.QueueSubscription;
import io.cta.broker.rabbitmq.connection.CallbackQueue;
import io.cta.broker.rabbitmq.connection.LinkState;
import io.cta.broker.rabbitmq.connection.PendingOperations;
import io.cta.broker.rabbitmq.connection.RabbitConnectionFactory;
import io.cta.broker.rabbitmq.connection.RabbitSettings;
import io.cta.broker.rabbitmq.connection.ReconnectingConnection;
import io.cta.broker.rabbitmq.connection.SequentialExecutor;
import io.cta.broker.rabbitmq.consume.FailedDeliveryRouter;
import io.cta.broker.rabbitmq.publish.PublishChannels;
import io.cta.broker.rabbitmq.publish.PublishConnectionListener;
import io.cta.broker.rabbitmq.publish.RabbitPublisher;
import io.cta.broker.rabbitmq.topology.DeclaredQueues;
import io.cta.broker.rabbitmq.topology.TopologyAdmin;
import io.cta.error.ErrorCode;
import io.cta.error.ServiceFailure;
import io.cta.message.QueueNames;
import io.cta.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A broker whose queues are on a RabbitMQ, 3.10 or later. Publishes and subscriptions survive the
 * server's restarts. Safe from any context.
 */
public final class RabbitBroker implements MessageBroker {
  private static final int WORKERS = 8;
  private static final int LINK_WORKERS = 4;

  private final Vertx vertx;
  private final TimeSource time;
  private final BrokerContext context;
  private final RabbitSettings settings;
  private final LinkListener listener;
  private final WorkerExecutor workers;
  private final WorkerExecutor linkWorkers;
  private final RabbitConnectionFactory rabbitConnectionFactory;
  private final CallbackQueue callbackQueue;
  private final TopologyAdmin topologyAdmin;
  private final PendingOperations pendingOperations;
  private final LinkState linkState;
  private final PublishChannels channels;
  private final ReconnectingConnection publishing;
  private final DeclaredQueues declaredQueues;
  private final FailedDeliveryRouter failedDeliveryRouter;
  private final ConsumerConnectionPool consumerConnectionPool;
  private final QueuePublisher queuePublisher;
  private final HealthReporter healthReporter;
  private long timer = -1;
  private boolean started;

  public RabbitBroker(
      Vertx vertx, TimeSource time, RabbitSettings settings, LinkListener listener) {
    this.vertx = vertx;
    this.time = time;
    this.context = new BrokerContext(vertx);
    this.settings = settings;
    this.listener = listener;
    this.workers = workers("cta-rabbitmq", WORKERS);
    // a pool of its own, so that queues which do not answer hold up no publisher
    this.linkWorkers = workers("cta-rabbitmq-link", LINK_WORKERS);
    this.rabbitConnectionFactory = new RabbitConnectionFactory(settings);
    this.callbackQueue = new CallbackQueue(context.context());
    this.topologyAdmin = new TopologyAdmin(vertx, linkWorkers, settings);
    this.pendingOperations = new PendingOperations(vertx);
    this.linkState = new LinkState(listener, settings.toString());
    this.declaredQueues = new DeclaredQueues(topologyAdmin, pendingOperations);
    this.channels = new PublishChannels(this::publisher);
    this.publishing =
        connection(
            "publishes",
            new PublishConnectionListener(
                channels,
                pendingOperations,
                declaredQueues,
                linkState.new ConnectionListener("publishes")));
    this.failedDeliveryRouter = new FailedDeliveryRouter(channels, topologyAdmin, time.wall());
    this.consumerConnectionPool = new ConsumerConnectionPool(this::consumerConnection);
    this.queuePublisher = new QueuePublisher(channels, declaredQueues);
    this.healthReporter =
        new HealthReporter(
            linkState,
            publishing,
            declaredQueues,
            consumerConnectionPool,
            channels,
            failedDeliveryRouter);
  }

  /**
   * Begins to connect, once. Completes at the first connection; fails when the server refuses user,
   * password or virtual host before that, or when the broker is closed. It keeps trying in any
   * case.
   */
  public Future<Void> connect() {
    return context.call(
        answer -> {
          linkState.await(answer);
          if (!started) {
            started = true;
            publishing.begin();
            consumerConnectionPool.begin();
            timer = vertx.setPeriodic(settings.watch().toMillis(), id -> check());
          }
        });
  }

  @Override
  public Future<Void> declare(String queue, QueueSpec spec) {
    return context.call(() -> declaredQueues.declare(queue, spec));
  }

  @Override
  public Future<Void> publish(String queue, Buffer message) {
    ServiceFailure refusal = QueuePublisher.refusal(message);
    return refusal != null
        ? Future.failedFuture(refusal)
        : context.call(() -> queuePublisher.publish(queue, message));
  }

  @Override
  public Future<QueueSubscription> subscribe(String queue, int prefetch, DeliveryHandler handler) {
    if (prefetch < 1 || prefetch > 65_535) {
      return Future.failedFuture(ServiceFailure.invalid("prefetch", "must be between 1 and 65535"));
    }
    return context.call(
        answer -> {
          ConsumerConnection consumerConnection = consumerConnectionPool.withRoom();
          consumerConnection.add(
              new RabbitSubscription(
                  this,
                  consumerConnection,
                  queue,
                  prefetch,
                  handler,
                  new SequentialExecutor(workers),
                  answer,
                  time.ticker()));
        });
  }

  @Override
  public Future<Void> delete(String queue) {
    return context.call(
        () -> {
          ServiceFailure why =
              new ServiceFailure(ErrorCode.UNAVAILABLE, "queue " + queue + " was deleted");
          List<Future<Void>> ending = new ArrayList<>();
          if (!QueueNames.DEAD_LETTER.equals(queue)) {
            subscriptions().stream()
                .filter(s -> s.queue().equals(queue))
                .forEach(s -> ending.add(end(s, why)));
          }
          return Future.join(ending).transform(done -> declaredQueues.delete(queue));
        });
  }

  @Override
  public Future<BrokerHealth> health() {
    CallerPromise<BrokerHealth> answer = context.answer();
    context.run(() -> answer.succeed(healthReporter.now()));
    return answer.future();
  }

  @Override
  public Future<Void> close() {
    CallerPromise<Void> answer = context.answer();
    context.run(
        () -> {
          if (!context.close()) {
            answer.succeed(null);
            return;
          }
          vertx.cancelTimer(timer);
          linkState.closed(BrokerContext.closedFailure());
          List<Future<Void>> ending = new ArrayList<>();
          subscriptions().forEach(s -> ending.add(end(s, BrokerContext.closedFailure())));
          Future.join(ending)
              .transform(done -> disconnected())
              .onComplete(done -> answer.succeed(null));
        });
    return answer.future();
  }

  BrokerContext context() {
    return context;
  }

  CallbackQueue callbackQueue() {
    return callbackQueue;
  }

  DeclaredQueues declared() {
    return declaredQueues;
  }

  FailedDeliveryRouter failedDeliveryRouter() {
    return failedDeliveryRouter;
  }

  void subscriptionLost(String queue, String reason) {
    listener.lost(queue, reason);
  }

  List<RabbitSubscription> subscriptions() {
    return consumerConnectionPool.subscriptions();
  }

  private static Future<Void> end(RabbitSubscription subscription, ServiceFailure why) {
    subscription.fail(why);
    return subscription.end();
  }

  private Future<Void> disconnected() {
    channels.close();
    pendingOperations.close();
    List<Future<Void>> closing = new ArrayList<>();
    closing.add(publishing.close());
    closing.add(consumerConnectionPool.close());
    closing.add(topologyAdmin.close());
    return Future.join(closing)
        .transform(done -> workers.close())
        .transform(done -> linkWorkers.close());
  }

  private void check() {
    if (channels.silentNanos() > settings.patience().toNanos()) {
      publishing.drop("RabbitMQ has confirmed nothing for " + settings.patience());
    }
    channels.probe();
    subscriptions().forEach(RabbitSubscription::check);
  }

  private RabbitPublisher publisher() {
    return new RabbitPublisher(
        vertx,
        new SequentialExecutor(linkWorkers),
        callbackQueue,
        topologyAdmin::base,
        declaredQueues::recreate,
        time.ticker());
  }

  private ConsumerConnection consumerConnection(int number) {
    String role = "consumes " + number;
    return new ConsumerConnection(
        events -> connection(role, events), linkState.new ConnectionListener(role));
  }

  private WorkerExecutor workers(String name, int size) {
    return vertx.createSharedWorkerExecutor(name, size, 1, TimeUnit.HOURS);
  }

  private ReconnectingConnection connection(String role, ReconnectingConnection.Events events) {
    return new ReconnectingConnection(
        vertx,
        linkWorkers,
        callbackQueue,
        rabbitConnectionFactory,
        settings.backoff(),
        role,
        events,
        time.ticker());
  }
}
